# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A user's project: one model in three programs, an imported one that trains.
cmake_minimum_required(VERSION 3.25)
project(app LANGUAGES C CXX)
set(CMAKE_CXX_STANDARD 20)
find_package(dlc 0.1 REQUIRED)
add_executable(classify classify.c)
dlc_add_model(classify mlp.mlir NAME fashion OPTIONS --cpu=x86-64-v3)
add_executable(classify_static classify.c)
dlc_add_model(classify_static mlp.mlir NAME fashion STATIC OPTIONS --cpu=x86-64-v3)
add_executable(classify_plus classify.cpp)
dlc_add_model(classify_plus mlp.mlir NAME fashion OPTIONS --cpu=x86-64-v3)
add_executable(step step.c)
dlc_add_model(step resnet.onnx NAME trainer TRAIN --loss=cross_entropy --optimizer=sgd OPTIONS --cpu=x86-64-v3)
