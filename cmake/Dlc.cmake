# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# How every part of dlc is built: one place for flags, LLVM, the precompiled
# header, ccache and TableGen.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")

find_program(DLC_CCACHE ccache)
if(DLC_CCACHE)
  # base_dir and no directory hash: worktrees and CI clones share one cache;
  # the sloppiness is what ccache needs to cache around a precompiled header.
  set(DLC_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${DLC_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${DLC_LAUNCHER})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${DLC_LAUNCHER})
endif()

set(DLC_LLVM /usr/lib/llvm-22 CACHE PATH "where LLVM and MLIR 22 are installed")
find_package(MLIR REQUIRED CONFIG HINTS "${DLC_LLVM}/lib/cmake/mlir")
find_package(LLVM REQUIRED CONFIG HINTS "${DLC_LLVM}/lib/cmake/llvm")
list(APPEND CMAKE_MODULE_PATH "${MLIR_CMAKE_DIR}" "${LLVM_CMAKE_DIR}")
include(TableGen)
include(AddLLVM)
include(AddMLIR)

if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  add_link_options(-fuse-ld=${DLC_LLVM}/bin/ld.lld)
  # The time stamp in a precompiled header would defeat ccache.
  set(DLC_PCH_FLAGS "SHELL:-Xclang -fno-pch-timestamp" -fpch-instantiate-templates)
endif()
set(DLC_WARNINGS -Wall -Wextra -Wno-unused-parameter)
# libstdc++ 12's own std::stable_sort, behind llvm::stable_sort, calls what it deprecates.
set(DLC_LLVM_WARNINGS ${DLC_WARNINGS} -Wno-deprecated-declarations)

# Everything that sees LLVM or MLIR uses these flags: LLVM is built without
# exceptions, and its dylibs are the only copy (static archives beside them
# would register options twice).
add_library(dlc_llvm INTERFACE)
target_include_directories(dlc_llvm SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
target_include_directories(dlc_llvm INTERFACE "${PROJECT_SOURCE_DIR}" "${PROJECT_BINARY_DIR}")
# -O1: the compiler spends its time inside libMLIR and libLLVM; more costs minutes of build and gains nothing.
target_compile_options(dlc_llvm INTERFACE -O1 ${DLC_LLVM_WARNINGS} -fno-exceptions -fvisibility-inlines-hidden ${DLC_PCH_FLAGS})
target_compile_definitions(dlc_llvm INTERFACE ${LLVM_DEFINITIONS_LIST})
target_link_libraries(dlc_llvm INTERFACE MLIR LLVM)
target_link_directories(dlc_llvm INTERFACE "${DLC_LLVM}/lib")

# One precompiled header, made once and shared by every MLIR-heavy library.
if(NOT EXISTS "${PROJECT_BINARY_DIR}/pch.cpp") # a new time stamp would rebuild everything
  file(WRITE "${PROJECT_BINARY_DIR}/pch.cpp" "// holds the precompiled header\n")
endif()
add_library(dlc_pch OBJECT "${PROJECT_BINARY_DIR}/pch.cpp")
target_link_libraries(dlc_pch PUBLIC dlc_llvm)
target_precompile_headers(dlc_pch PRIVATE "${PROJECT_SOURCE_DIR}/cmake/pch.h")

# dlc_library(Name files... [LINK libs...]): a static library over MLIR.
function(dlc_library name)
  cmake_parse_arguments(ARG "" "" "LINK;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PUBLIC dlc_llvm ${ARG_LINK})
  target_precompile_headers(${name} REUSE_FROM dlc_pch)
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
endfunction()

# dlc_tablegen(target file.td [-gen-x out.inc]...): runs mlir-tblgen.
function(dlc_tablegen target td)
  set(LLVM_TARGET_DEFINITIONS ${td})
  set(arguments ${ARGN})
  while(arguments)
    list(POP_FRONT arguments mode out)
    mlir_tablegen(${out} ${mode} -I${PROJECT_SOURCE_DIR} -I${PROJECT_SOURCE_DIR}/dialects/dl -I${MLIR_INCLUDE_DIRS})
  endwhile()
  set(TABLEGEN_OUTPUT ${TABLEGEN_OUTPUT})
  add_public_tablegen_target(${target})
endfunction()

# dlc_pass(Name files... [LINK libs...]): the pass folder passes/Name as a
# library dlcName. Name.td becomes passes/Name/Name.h.inc, and registerDlcPasses
# learns of every pass it defines; passes/README.md tells the rest.
function(dlc_pass name)
  set(LLVM_TARGET_DEFINITIONS ${name}.td)
  mlir_tablegen(${name}.h.inc -gen-pass-decls -name=${name} -I${PROJECT_SOURCE_DIR} -I${PROJECT_SOURCE_DIR}/dialects/dl -I${MLIR_INCLUDE_DIRS})
  add_public_tablegen_target(dlc${name}IncGen)
  dlc_library(dlc${name} ${ARGN} DEPENDS dlc${name}IncGen)
  set_property(GLOBAL APPEND PROPERTY DLC_PASSES ${name})
endfunction()
