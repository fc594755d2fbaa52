# cmake -DOUT=embedded.cpp -DHEADER=fix_specs/embedded.hpp -DFUNCTION=embedded_dictionary -DFILES=a.xml;b.xml
#       [-DNAMES=embedded_names] -P embed.cmake
# writes a C++ file with one char array per input file, the function of the header that finds one by its name, and with
# NAMES the function that lists the names in the order of FILES.
set(text "#include \"${HEADER}\"\n\nnamespace sluice {\nnamespace {\n")
set(rows "")
set(names "")
foreach(file ${FILES})
  get_filename_component(name ${file} NAME)
  string(MAKE_C_IDENTIFIER ${name} id)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND text "constexpr unsigned char k${id}[] = {${bytes}};\n")
  string(APPEND rows "    if (name == \"${name}\") {\n        return {reinterpret_cast<const char*>(k${id}), sizeof k${id}};\n    }\n")
  string(APPEND names "        \"${name}\",\n")
endforeach()
string(APPEND text "}  // namespace\n\nstd::string_view ${FUNCTION}(std::string_view name) {\n${rows}    return {};\n}\n")
if(NAMES)
  string(APPEND text "\nstd::vector<std::string_view> ${NAMES}() {\n    return {\n${names}    };\n}\n")
endif()
string(APPEND text "\n}  // namespace sluice\n")
file(WRITE ${OUT} "${text}")
