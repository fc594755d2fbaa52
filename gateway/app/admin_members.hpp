// Members of request bodies that several of the admin API's files read. Bad input throws
// BadRequest.
#pragma once

#include <cstdint>
#include <optional>

#include "gateway/app/admin_json.hpp"
#include "gateway/domain/input.hpp"

namespace sluice::app {

Json reply_json(const std::optional<AdminReply>& reply);
ScopeKind scope_member(const Json& body);
unsigned number_member(const Json& body, const char* key);
// Required, and a decimal.
Decimal decimal_member(const Json& body, const char* key);
// Who asks. The words by which the gateway itself changes things are nobody's.
Name person(const AdminRequest& request);
// Of the system; a change may hold until a time.
std::int64_t now_ns();

}  // namespace sluice::app
