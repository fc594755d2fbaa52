#include "gateway/app/admin_members.hpp"

#include <charconv>
#include <chrono>

#include <fmt/format.h>

#include "gateway/core/core.hpp"
#include "gateway/risk/risk_engine.hpp"

namespace sluice::app {

Json reply_json(const std::optional<AdminReply>& reply) {
    if (!reply) {
        throw BadRequest{
            kTimedOut,
            "the gateway did not answer in time; look at the journal before trying again"};
    }
    if (!reply->ok) {
        throw BadRequest{kUsage, std::string(reply->text.view())};
    }
    return {{"ok", true},
            {"text", reply->text.view()},
            {"affected", std::to_string(reply->affected)},
            {"seq", std::to_string(reply->seq)}};
}

ScopeKind scope_member(const Json& body) {
    const std::string text = text_member(body, "scope");
    const auto scope = scope_kind(text);
    if (!scope) {
        throw BadRequest{
            kUsage,
            fmt::format(
                "unknown scope '{}'; one of firm, group, venue, session, account, instrument, "
                "account_instrument",
                text)};
    }
    return *scope;
}

unsigned number_member(const Json& body, const char* key) {
    const std::string text = text_member(body, key, "0");
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value > 999'999'999) {
        throw BadRequest{kUsage, fmt::format("'{}' = '{}' is not a whole number", key, text)};
    }
    return value;
}

Decimal decimal_member(const Json& body, const char* key) {
    const std::string text = text_member(body, key);
    const auto value = Decimal::parse(text);
    if (!value.ok()) {
        throw BadRequest{kUsage, fmt::format("'{}' = '{}' {}", key, text, to_text(value.error()))};
    }
    return value.value();
}

Name person(const AdminRequest& request) {
    Name name;
    name.assign_prefix(request.user);
    if (name == kJournalWho || name == kConfigWho) {
        name.assign_prefix("login " + request.user);
    }
    return name;
}

std::int64_t now_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace sluice::app
