# A room is one folder and one library. It links what its line in src/CMakeLists.txt allows and
# nothing else; tests/tidy_test.cc checks the same table against the #include lines.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)

add_library(herald_options INTERFACE)
target_compile_features(herald_options INTERFACE cxx_std_23)
target_compile_options(herald_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor
  -Wimplicit-fallthrough -Wno-missing-field-initializers -Werror
  -fstack-protector-strong -fno-omit-frame-pointer)
target_compile_definitions(herald_options INTERFACE _GLIBCXX_ASSERTIONS)
target_link_libraries(herald_options INTERFACE Threads::Threads)

if(HERALD_SANITIZE)
  # -O1 and line tables keep the sanitized build quick on two cores.
  target_compile_options(herald_options INTERFACE
    -fsanitize=${HERALD_SANITIZE} -fno-sanitize-recover=all -O1 -g1)
  target_link_options(herald_options INTERFACE -fsanitize=${HERALD_SANITIZE})
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(herald_options INTERFACE -g1)
  target_compile_definitions(herald_options INTERFACE _FORTIFY_SOURCE=2)
endif()

# One precompiled header of standard headers, shared by every room (measured: it halves a room).
add_library(herald_pch OBJECT ${CMAKE_SOURCE_DIR}/cmake/pch.cc)
target_link_libraries(herald_pch PRIVATE herald_options)
target_precompile_headers(herald_pch PRIVATE ${CMAKE_SOURCE_DIR}/cmake/pch.h)

if(HERALD_TESTS)
  find_package(GTest REQUIRED)
  add_library(herald_test_pch OBJECT ${CMAKE_SOURCE_DIR}/cmake/pch.cc)
  target_link_libraries(herald_test_pch PRIVATE herald_options GTest::gmock GTest::gtest)
  # Compiled as the test programs are (-fPIE, not -fPIC), or clang refuses the header.
  set_target_properties(herald_test_pch PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  target_compile_options(herald_test_pch PRIVATE -fPIE)
  target_precompile_headers(herald_test_pch PRIVATE ${CMAKE_SOURCE_DIR}/cmake/test_pch.h)
endif()

# herald_tests(<name> SOURCES <files> LINK <libraries>): one GoogleTest program.
function(herald_tests name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  if(NOT HERALD_TESTS OR NOT arg_SOURCES)
    return()
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE herald_options ${arg_LINK} GTest::gmock_main)
  target_precompile_headers(${name} REUSE_FROM herald_test_pch)
  target_compile_definitions(${name} PRIVATE HERALD_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endfunction()

# herald_room(<name> LINK <rooms and libraries it may use> TEST_LINK <what only its tests need>)
function(herald_room name)
  cmake_parse_arguments(arg "NO_PCH" "" "LINK;TEST_LINK" ${ARGN})
  string(REPLACE "/" "_" target herald_${name})
  set(folder ${CMAKE_SOURCE_DIR}/src/${name})
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cc)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$")
  if(sources)
    add_library(${target} STATIC ${sources})
    target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(${target} PRIVATE herald_options PUBLIC ${arg_LINK})
    if(NOT arg_NO_PCH)
      target_precompile_headers(${target} REUSE_FROM herald_pch)
    endif()
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(${target} INTERFACE ${arg_LINK})
  endif()
  herald_tests(${target}_test SOURCES ${tests} LINK ${target} ${arg_TEST_LINK})
endfunction()
