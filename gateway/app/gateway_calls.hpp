// The running gateway, as the verbs see it: one JSON call and its answer. Everything that goes
// wrong is a CliFailure with the exit code that the gateway or the socket gave.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "gateway/app/place.hpp"

namespace sluice::app {

using Query = std::vector<std::pair<std::string, std::string>>;

class GatewayCalls {
public:
    explicit GatewayCalls(Place place) : place_(std::move(place)) {}

    nlohmann::ordered_json get(const std::string& path, const Query& query = {}) const;
    nlohmann::ordered_json post(const std::string& path, const nlohmann::ordered_json& body) const;
    const Place& place() const { return place_; }

private:
    nlohmann::ordered_json call(const std::string& method,
                                const std::string& target,
                                const std::string& body) const;
    Place place_;
};

// "/orders?session=A&limit=5"; pairs with an empty value are left out.
std::string with_query(const std::string& path, const Query& query);
// A member as text for a table cell: "" when it is absent, numbers and flags in their JSON form.
std::string cell(const nlohmann::ordered_json& object, const char* key);

}  // namespace sluice::app
