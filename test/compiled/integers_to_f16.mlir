// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// No processor without the instruction calls a library for it, and what becomes of large integers is rounded once.
// RUN: dlc-verify %s --dim n=5,70
func.func @i64(%x: tensor<?xi64> {dl.dims = ["n"], dl.range = [-70000, 70000]}) -> (tensor<?xf16> {dl.dims = ["n"]}, tensor<?xbf16> {dl.dims = ["n"]}) attributes {dl.entry} {
  %r = dl.cast %x : (tensor<?xi64>) -> tensor<?xf16>
  %s = dl.cast %x : (tensor<?xi64>) -> tensor<?xbf16>
  return %r, %s : tensor<?xf16>, tensor<?xbf16>
}
func.func @narrow(%x: tensor<?xi8> {dl.dims = ["n"], dl.range = [-128, 128]}, %y: tensor<?xui8> {dl.dims = ["n"], dl.range = [0, 256]}, %z: tensor<?xi1> {dl.dims = ["n"]})
    -> (tensor<?xf16> {dl.dims = ["n"]}, tensor<?xf16> {dl.dims = ["n"]}, tensor<?xf16> {dl.dims = ["n"]}) attributes {dl.entry} {
  %a = dl.cast %x : (tensor<?xi8>) -> tensor<?xf16>
  %b = dl.cast %y : (tensor<?xui8>) -> tensor<?xf16>
  %c = dl.cast %z : (tensor<?xi1>) -> tensor<?xf16>
  return %a, %b, %c : tensor<?xf16>, tensor<?xf16>, tensor<?xf16>
}
