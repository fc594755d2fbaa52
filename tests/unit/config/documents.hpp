// Documents for the tests: a small legal one, and what the loader says about a changed copy.
#pragma once

#include <string>
#include <string_view>

#include "gateway/config/loader.hpp"

namespace sluice::config::test {

inline constexpr std::string_view kSmall = R"(instance: T
listeners:
  - {name: main, address: 127.0.0.1, port: 9000}
accounts:
  - id: ACC1
    currency: USD
    max_order_qty: 100
    max_order_notional: 1000
    max_gross_notional: 5000
    max_long: 50
    max_short: 50
sessions:
  - id: CLIENT1
    begin_string: FIX.4.4
    addresses: [127.0.0.1]
    accounts: [ACC1]
    throttle: {rate: 10}
instruments:
  - {symbol: ABC, currency: USD, collar: {bps: 100}}
venues:
  - {id: SIM, type: sim}
)";

// kSmall with the first `from` replaced by `to`.
inline std::string changed(std::string_view from, std::string_view to) {
    std::string text(kSmall);
    const auto at = text.find(from);
    GW_CHECK(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

inline Loaded load(std::string_view text) {
    return load_text(text, "t.yaml", "/nowhere");
}

// "C003@14:5 C103@7:9": code and place of each diagnostic.
inline std::string marks(const Loaded& loaded) {
    std::string out;
    for (const Diagnostic& item : loaded.diagnostics) {
        out += (out.empty() ? "" : " ") + std::string(item.code) + "@" +
               std::to_string(item.place.line) + ":" + std::to_string(item.place.column);
    }
    return out;
}

}  // namespace sluice::config::test
