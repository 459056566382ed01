// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A page loads nothing and runs nothing, whatever a model calls its nodes.
// RUN: rm -rf %t && mkdir %t && dlc %s --report=%t/r.html
// RUN: FileCheck %s --implicit-check-not="<script" --implicit-check-not="<img" < %t/r.html
// CHECK: <!DOCTYPE html>
// CHECK: <h1>Kernels of page_is_safe</h1>
// CHECK: avx512</summary>
// CHECK: exp <span class=soft>of &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</span>
// CHECK: reverse <span class=soft>of &lt;img src=http://x&gt;</span>
// CHECK: neg <span class=soft>of \x1b]0;title\x07 &amp;amp; &#39;x&#39;</span>
// CHECK: Memory of a call
// CHECK: avx2</summary>
// Well-formed enough for a strict reader: every tag that is opened and has an end is closed.
// RUN: %python -c "import sys; t = open(sys.argv[1]).read(); [sys.exit(x) for x in ('details', 'table', 'svg', 'title', 'h3', 'rect') if t.count('<' + x + ' ') + t.count('<' + x + '>') != t.count('</' + x + '>')]" %t/r.html

dl.parameter @w : tensor<4x4xf32> = #dl.zeros
func.func @predict(%x: tensor<?x4xf32> {dl.dims = ["batch", 4], dl.name = "x"})
    -> (tensor<?x4xf32> {dl.dims = ["batch", 4], dl.name = "y"}) attributes {dl.entry} {
  %e = dl.exp %x : (tensor<?x4xf32>) -> tensor<?x4xf32> loc("<script>alert(\"1\")</script>")
  %r = dl.reverse %e {axes = array<i64: 1>} : (tensor<?x4xf32>) -> tensor<?x4xf32> loc("<img src=http://x>")
  %w = dl.read @w : tensor<4x4xf32>
  %m = dl.matmul %r, %w : (tensor<?x4xf32>, tensor<4x4xf32>) -> tensor<?x4xf32>
  %y = dl.neg %m : (tensor<?x4xf32>) -> tensor<?x4xf32> loc("\1B]0;title\07 &amp; 'x'")
  return %y : tensor<?x4xf32>
}
