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
