// Where the sources are, for tests that read files of the tree (dictionaries, documents, cases).
#pragma once

#include <string>

namespace sluice {

std::string source_dir();

}  // namespace sluice
