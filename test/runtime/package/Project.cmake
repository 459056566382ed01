# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A user's project, outside dlc's tree: one model, as a library and linked in,
# in a C and a C++ program.
cmake_minimum_required(VERSION 3.25)
project(app LANGUAGES C CXX)
find_package(dlc 0.1 REQUIRED)
add_executable(app_shared app.c)
dlc_add_model(app_shared toy.mlir)
add_executable(app_static app.c)
dlc_add_model(app_static toy.mlir STATIC OPTIONS --say=ok)
enable_language(CXX)
set_source_files_properties(app_plus.cpp PROPERTIES COMPILE_OPTIONS -std=c++20)
add_executable(app_plus app_plus.cpp)
dlc_add_model(app_plus toy.mlir)
add_executable(app_open app_open.c)
target_link_libraries(app_open PRIVATE dlc::runtime_shared ${CMAKE_DL_LIBS})
