# One static library a source folder, one test program a folder from the *_test.cpp beside the
# sources. A folder's queries.sql becomes <folder>/queries.h with one constant a query.

set(HEZHI_GENERATED ${CMAKE_BINARY_DIR}/generated)
find_package(Python3 REQUIRED COMPONENTS Interpreter)

# migrations/*.sql become "store/migrations_list.h", in order.
file(GLOB migrations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/migrations/*.sql)
add_custom_command(OUTPUT ${HEZHI_GENERATED}/store/migrations_list.h
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/make_migrations.py
            ${HEZHI_GENERATED}/store/migrations_list.h ${migrations}
    DEPENDS ${migrations} ${CMAKE_SOURCE_DIR}/tools/make_migrations.py)

function(hezhi_folder name)
  cmake_parse_arguments(arg "" "" "USES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  file(GLOB_RECURSE queries CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*queries.sql)
  set(headers)
  foreach(sql ${queries})
    cmake_path(RELATIVE_PATH sql BASE_DIRECTORY ${CMAKE_SOURCE_DIR}/src OUTPUT_VARIABLE relative)
    cmake_path(REPLACE_EXTENSION relative LAST_ONLY h OUTPUT_VARIABLE header)
    set(header ${HEZHI_GENERATED}/${header})
    add_custom_command(OUTPUT ${header}
        COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/make_queries.py
                ${sql} ${relative} ${header}
        DEPENDS ${sql} ${CMAKE_SOURCE_DIR}/tools/make_queries.py)
    list(APPEND headers ${header})
  endforeach()
  if(name STREQUAL "store")
    list(APPEND headers ${HEZHI_GENERATED}/store/migrations_list.h)
  endif()
  if(sources)
    add_library(hezhi_${name} STATIC ${sources})
    set(scope PUBLIC)
  else()
    add_library(hezhi_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  # By a target that links nothing: made by the library's own, each header would wait until the
  # libraries below are linked, and with it every file of this folder and above.
  if(headers)
    add_custom_target(hezhi_${name}_headers DEPENDS ${headers})
    add_dependencies(hezhi_${name} hezhi_${name}_headers)
  endif()
  target_include_directories(hezhi_${name} ${scope} ${CMAKE_SOURCE_DIR}/src ${HEZHI_GENERATED})
  target_link_libraries(hezhi_${name} ${scope} ${arg_USES})
endfunction()

# tests/support is linked into every test program: it starts the PostgreSQL cluster of the run.
function(hezhi_tests)
  foreach(name ${ARGN})
    file(GLOB_RECURSE tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*_test.cpp)
    if(tests)
      add_executable(test_${name} ${tests})
      target_link_libraries(test_${name} PRIVATE hezhi_${name} hezhi_test_support
          GTest::gtest GTest::gmock GTest::gtest_main)
      add_test(NAME ${name} COMMAND test_${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    endif()
  endforeach()
endfunction()

# A program with many cases runs as several entries, side by side. Not as two: what is tested on
# both engines alternates, and one of the two would have all of PostgreSQL. The report of each
# further entry has a name of its own, since all choose theirs at the start (GTEST_OUTPUT).
function(hezhi_shards name count)
  set_tests_properties(${name} PROPERTIES COST 100
      ENVIRONMENT "GTEST_TOTAL_SHARDS=${count};GTEST_SHARD_INDEX=0")
  math(EXPR last "${count} - 1")
  foreach(index RANGE 1 ${last})
    add_test(NAME ${name}_${index} COMMAND test_${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${name}_${index} PROPERTIES COST 100
        ENVIRONMENT "GTEST_TOTAL_SHARDS=${count};GTEST_SHARD_INDEX=${index}"
        ENVIRONMENT_MODIFICATION "GTEST_OUTPUT=string_append:test_${name}_${index}.xml")
  endforeach()
endfunction()
