// From the fields back to text, by the same table: what the reader would read into an equal
// configuration. The order is the table's, so equal configurations give equal bytes.
#pragma once

#include <string>

#include "gateway/config/reader.hpp"

namespace sluice::config {

// Dialect::Core: the journaled document. Dialect::File: everything, defaults written out, secrets
// left out; for people.
std::string write_document(GatewayConfig config, Dialect dialect);

}  // namespace sluice::config
