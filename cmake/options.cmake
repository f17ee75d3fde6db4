# Compiler, linker and sanitizer choices that hold for every target.

add_compile_options(-Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor
    -Wno-missing-field-initializers)
# g++ 12 reports a false overlap inside std::string at -O2 (GCC bug 105651).
add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)

find_program(MOLD mold)
find_program(LLD ld.lld)
if(MOLD)
  add_link_options(-fuse-ld=mold)
elseif(LLD)
  add_link_options(-fuse-ld=lld)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  # What ccache asks for with precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
  add_compile_options(-fpch-preprocess)
endif()

if(HEZHI_SANITIZE)
  # With sanitizers g++ 12 takes std::regex and std::function for uninitialised (GCC bug 105562).
  add_compile_options(-Wno-maybe-uninitialized)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined
      -fno-omit-frame-pointer -g1)
  # A null or dangling pointer ends in the address sanitizer anyway; checking it at every member
  # access as well took a third of the compile time (measured).
  add_compile_options(-fno-sanitize=null,alignment,object-size,vptr)
  add_link_options(-fsanitize=address,undefined)
endif()

# With HEZHI_UNITY the target's sources are compiled ten at a time, each folder by itself, so that a new
# file makes the units of its own folder anew and no others. File-local names must then differ within a
# folder; a file that lacks an include is found by the debug preset, which compiles each alone.
function(hezhi_unity target)
  if(NOT HEZHI_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources INCLUDE REGEX "\\.cpp$")
  list(SORT sources)
  set(folder_before)
  foreach(source ${sources})
    cmake_path(GET source PARENT_PATH folder)
    if(NOT folder STREQUAL folder_before)
      cmake_path(GET folder FILENAME unit)
      set(files 0)
      set(folder_before ${folder})
    endif()
    math(EXPR part "${files} / 10")
    math(EXPR files "${files} + 1")
    set_source_files_properties(${source} TARGET_DIRECTORY ${target}
        PROPERTIES UNITY_GROUP ${unit}_${part})
  endforeach()
  # Said of types in headers; here a .cpp is included, and by one unit alone.
  target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
endfunction()
