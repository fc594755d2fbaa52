# cmake -DOUT=embedded.cpp -DFILES=a.xml;b.xml -P embed.cmake: writes a C++ file with one char array per input file and
# the table that fix_specs/embedded.hpp declares.
set(text "#include \"fix_specs/embedded.hpp\"\n\nnamespace sluice {\nnamespace {\n")
set(rows "")
foreach(file ${FILES})
  get_filename_component(name ${file} NAME)
  string(MAKE_C_IDENTIFIER ${name} id)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND text "constexpr unsigned char k${id}[] = {${bytes}};\n")
  string(APPEND rows "    if (name == \"${name}\") {\n        return {reinterpret_cast<const char*>(k${id}), sizeof k${id}};\n    }\n")
endforeach()
string(APPEND text "}  // namespace\n\nstd::string_view embedded_dictionary(std::string_view name) {\n${rows}    return {};\n}\n\n}  // namespace sluice\n")
file(WRITE ${OUT} "${text}")
