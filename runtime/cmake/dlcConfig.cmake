# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# find_package(dlc): the runtime, and the compiler where it is installed too.
#
#   dlc::runtime          libdlc_runtime.a and the headers, for models compiled to .o or .a
#   dlc::runtime_shared   libdlc_runtime.so, for programs that open models by path
#   dlc::headers          the headers alone, for programs that link a model's .so
#   dlc_add_model(...)    compiles a model and links a target with it; see dlcAddModel.cmake
#
# Everything is found relative to this file, so an installed tree may be moved.
get_filename_component(_dlc_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

if(NOT TARGET dlc::headers)
  add_library(dlc::headers INTERFACE IMPORTED)
  set_target_properties(dlc::headers PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${_dlc_prefix}/include")
  foreach(_dlc_kind STATIC SHARED)
    set(_dlc_target dlc::runtime)
    set(_dlc_file libdlc_runtime.a)
    if(_dlc_kind STREQUAL SHARED)
      set(_dlc_target dlc::runtime_shared)
      set(_dlc_file libdlc_runtime.so)
    endif()
    add_library(${_dlc_target} ${_dlc_kind} IMPORTED)
    set_target_properties(${_dlc_target} PROPERTIES
      IMPORTED_LOCATION "${_dlc_prefix}/lib/${_dlc_file}"
      INTERFACE_LINK_LIBRARIES dlc::headers)
  endforeach()
endif()

# Cross-compiling programs name the host's compiler: -DDLC_COMPILER=...
find_program(DLC_COMPILER dlc HINTS "${_dlc_prefix}/bin")
include("${CMAKE_CURRENT_LIST_DIR}/dlcAddModel.cmake")
