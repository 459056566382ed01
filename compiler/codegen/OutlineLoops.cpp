// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/codegen/OutlineLoops.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/CodeExtractor.h"

using namespace llvm;

/// Whether an innermost loop is a register tile's: it carries many vectors.
static bool isTile(const Loop &loop) {
  constexpr ptrdiff_t few = 4;
  return loop.isInnermost() &&
         count_if(loop.getHeader()->phis(), [](const PHINode &phi) { return phi.getType()->isVectorTy(); }) >= few;
}

static bool holdsTile(const Loop &loop) {
  return isTile(loop) || any_of(loop.getSubLoops(), [](const Loop *inner) { return holdsTile(*inner); });
}

/// The outermost loops without a tile, appended to `found`.
static void outermost(ArrayRef<Loop *> loops, SmallVectorImpl<Loop *> &found) {
  for (Loop *loop : loops)
    if (!holdsTile(*loop))
      found.push_back(loop);
    else
      outermost(loop->getSubLoops(), found);
}

static bool isPure(const Instruction &instruction) {
  return !isa<PHINode>(instruction) && !instruction.isTerminator() && !instruction.mayReadOrWriteMemory() &&
         !instruction.mayHaveSideEffects() && !isa<AllocaInst>(instruction);
}

/// Moves into `begin`, or copies there, what the region computes with: an
/// instruction that nothing else uses, and vectors, which are better computed
/// again than handed over.
static void gatherInputs(BasicBlock *begin, ArrayRef<BasicBlock *> blocks) {
  SmallPtrSet<BasicBlock *, 8> region(blocks.begin(), blocks.end());
  SmallVector<Instruction *> work;
  for (BasicBlock *block : blocks)
    for (Instruction &instruction : *block)
      work.push_back(&instruction);
  while (!work.empty()) {
    Instruction *user = work.pop_back_val();
    for (Use &use : user->operands()) {
      auto *input = dyn_cast<Instruction>(use.get());
      if (!input || region.contains(input->getParent()) || !isPure(*input))
        continue;
      auto isInside = [&](User *other) { return region.contains(cast<Instruction>(other)->getParent()); };
      Instruction *inside = input;
      if (all_of(input->users(), isInside)) {
        input->moveBefore(begin->begin());
      } else if (input->getType()->isVectorTy()) {
        inside = input->clone();
        inside->insertBefore(begin->begin());
        input->replaceUsesWithIf(inside, [&](Use &other) { return isInside(other.getUser()); });
      } else {
        continue;
      }
      work.push_back(inside);
    }
  }
}

/// Makes a function of a loop; false where it has no single way in or computes
/// what is used behind it.
static bool outline(Loop &loop, DominatorTree &dominators, LoopInfo &loops, const Twine &name) {
  BasicBlock *before = loop.getLoopPreheader();
  if (!before)
    return false;
  for (BasicBlock *block : loop.blocks())
    for (Instruction &instruction : *block)
      if (any_of(instruction.users(), [&](User *user) { return !loop.contains(cast<Instruction>(user)); }))
        return false;
  BasicBlock *begin = SplitBlock(before, before->getTerminator(), &dominators, &loops);
  SmallVector<BasicBlock *> blocks{begin};
  append_range(blocks, loop.blocks());
  gatherInputs(begin, blocks);
  CodeExtractor extractor(blocks, &dominators);
  if (!extractor.isEligible())
    return false;
  Function &from = *begin->getParent();
  Function *function = extractor.extractCodeRegion(CodeExtractorAnalysisCache(from));
  if (!function)
    return false;
  function->setName(name);
  function->addFnAttr(Attribute::NoUnwind);
  return true;
}

PreservedAnalyses dlc::OutlineLoops::run(Module &module, ModuleAnalysisManager &) {
  SmallVector<Function *> functions;
  for (Function &function : module)
    if (!function.isDeclaration())
      functions.push_back(&function);
  for (Function *function : functions) {
    for (unsigned number = 0;; ++number) { // analyses anew: blocks moved
      DominatorTree dominators(*function);
      LoopInfo loops(dominators);
      if (none_of(loops, [](Loop *loop) { return holdsTile(*loop); }))
        break;
      SmallVector<Loop *> beside;
      outermost(loops.getTopLevelLoops(), beside);
      std::string name = (function->getName() + ".loop" + Twine(number)).str();
      if (none_of(beside, [&](Loop *loop) { return outline(*loop, dominators, loops, name); }))
        break;
    }
  }
  return PreservedAnalyses::none();
}
