// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One 16-bit element beyond whole vectors, at the end of memory: two bytes are
// written, not four.
// RUN: dlc-verify %s --threads 2 --dim n=3
func.func @one(%x: tensor<?xbf16> {dl.dims = ["n"]}) -> tensor<1xbf16> attributes {dl.entry} {
  %r = dl.reduce_mean %x {axes = array<i64: 0>, keep_dims} : (tensor<?xbf16>) -> tensor<1xbf16>
  return %r : tensor<1xbf16>
}
func.func @rest(%x: tensor<17xbf16>) -> tensor<17xbf16> attributes {dl.entry} {
  %r = dl.exp %x : (tensor<17xbf16>) -> tensor<17xbf16>
  return %r : tensor<17xbf16>
}
