# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# dlc_add_model(target model [NAME name] [STATIC] [TRAIN option...] [OPTIONS option...])
#
# Compiles `model` (.onnx or .mlir) and links `target` with it; the target's
# sources include "<name>.h". `name` is the prefix of its functions, by default
# the model's file name made an identifier. The model is compiled anew when its
# file or a weight file it refers to changes.
#
#   STATIC    links the code into the target instead of making <name>.so
#   TRAIN     adds training functions: TRAIN --loss=cross_entropy --optimizer=adamw
#   OPTIONS   any other options of dlc
function(dlc_add_model target model)
  cmake_parse_arguments(ARG "STATIC" "NAME" "TRAIN;OPTIONS" ${ARGN})
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "dlc_add_model: unknown argument '${ARG_UNPARSED_ARGUMENTS}', expected NAME, STATIC, TRAIN or OPTIONS")
  endif()
  if(NOT TARGET ${target})
    message(FATAL_ERROR "dlc_add_model: there is no target '${target}' to add the model to")
  endif()
  if(NOT DLC_COMPILER)
    message(FATAL_ERROR "dlc_add_model: dlc was not found; set DLC_COMPILER to it")
  endif()
  get_filename_component(model "${model}" ABSOLUTE)
  if(NOT ARG_NAME)
    get_filename_component(ARG_NAME "${model}" NAME_WE)
    string(MAKE_C_IDENTIFIER "${ARG_NAME}" ARG_NAME)
  endif()
  if("TRAIN" IN_LIST ARG_KEYWORDS_MISSING_VALUES OR ARG_TRAIN)
    list(PREPEND ARG_TRAIN --train)
  endif()

  # Each form in a folder of its own: both have a header of the same name.
  set(form shared)
  set(suffix so)
  if(ARG_STATIC)
    set(form static)
    set(suffix o)
  endif()
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/dlc/${form}")
  file(MAKE_DIRECTORY "${folder}")
  set(output "${folder}/${ARG_NAME}.${suffix}")
  set(header "${folder}/${ARG_NAME}.h")
  add_custom_command(
    OUTPUT "${output}" "${header}"
    COMMAND "${DLC_COMPILER}" "${model}" -o "${output}" --header "${header}" --name ${ARG_NAME}
            --depfile "${output}.d" ${ARG_TRAIN} ${ARG_OPTIONS}
    DEPENDS "${model}" "${DLC_COMPILER}"
    DEPFILE "${output}.d"
    COMMENT "Compiling model ${ARG_NAME}"
    VERBATIM)
  # Targets of the same directory may share a model; it is compiled once.
  if(NOT TARGET dlc_model_${ARG_NAME}_${form})
    add_custom_target(dlc_model_${ARG_NAME}_${form} DEPENDS "${output}" "${header}")
  endif()
  add_dependencies(${target} dlc_model_${ARG_NAME}_${form})
  target_include_directories(${target} PRIVATE "${folder}")
  if(ARG_STATIC)
    target_link_libraries(${target} PRIVATE "${output}" dlc::runtime)
  else()
    # By its file name, not its path: the program finds the library by its
    # rpath, here and where both are installed.
    target_link_libraries(${target} PRIVATE "-L${folder}" "-l:${ARG_NAME}.so" dlc::headers)
    set_property(TARGET ${target} APPEND PROPERTY BUILD_RPATH "${folder}")
    set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS "${output}")
  endif()
endfunction()
