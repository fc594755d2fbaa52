#include "tests/system/scripted_venue.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <poll.h>

#include "sessions/client/fix_text.hpp"
#include "tests/system/gateway_process.hpp"

namespace sluice::system_test {

using client::field;

// The venue's thread calls back as soon as it listens, so all else is there before it.
ScriptedVenue::ScriptedVenue(const std::string& begin_string, Script script)
    : script_(std::move(script)) {
    auto made = client::RawVenue::listen(
        begin_string, 0,
        [this](const std::string& type, const std::string& raw) { answer(type, raw); });
    REQUIRE(made.ok());
    venue_ = std::move(made).value();
}

ScriptedVenue::~ScriptedVenue() = default;

std::map<std::string, int> ScriptedVenue::orders() const {
    const std::lock_guard lock(mutex_);
    return orders_;
}

void ScriptedVenue::answer(const std::string& msg_type, const std::string& raw) {
    constexpr std::array<std::string_view, 5> kTypes = {"D", "F", "G", "H", "AF"};
    if (std::find(kTypes.begin(), kTypes.end(), msg_type) == kTypes.end()) {
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        taken_.emplace_back(msg_type, raw);
        if (msg_type == "D") {
            ++orders_[std::string(field(raw, 11))];
        }
    }
    for (const auto& [answer_type, body] : script_(msg_type, raw)) {
        venue_->say(answer_type, body);
    }
}

std::vector<std::pair<std::string, std::string>> ScriptedVenue::taken() const {
    const std::lock_guard lock(mutex_);
    return taken_;
}

std::string ScriptedVenue::wait_for(const std::string& fields) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    std::vector<std::pair<std::string, std::string>> seen;
    while (std::chrono::steady_clock::now() < end) {
        seen = taken();
        for (const auto& [type, raw] : seen) {
            if (holds(raw, fields)) {
                return raw;
            }
        }
        ::poll(nullptr, 0, 2);
    }
    std::string text;
    for (const auto& [type, raw] : seen) {
        text += client::readable(raw) + "\n";
    }
    INFO("waiting for " << fields << ", seen:\n" << text);
    REQUIRE(false);
    return {};
}

void ScriptedVenue::say(const std::string& msg_type, const std::string& body) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    bool said = venue_->say(msg_type, body);
    while (!said && std::chrono::steady_clock::now() < end) {
        said = venue_->wait_logged_on(true, 1'000) && venue_->say(msg_type, body);
    }
    REQUIRE(said);
}

bool holds(const std::string& raw, std::string_view fields) {
    while (!fields.empty()) {
        const std::string_view pair = fields.substr(0, fields.find('|'));
        fields.remove_prefix(std::min(fields.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        if (field(raw, std::stoi(std::string(pair.substr(0, equals)))) != pair.substr(equals + 1)) {
            return false;
        }
    }
    return true;
}

std::string acknowledgement(const std::string& raw, const std::string& exec_id) {
    return fmt::format(
        "37=V{0}|11={0}|17={1}|150=0|39=0|55={2}|54={3}|38={4}|151={4}|14=0|6=0|60={5}",
        field(raw, 11), exec_id, field(raw, 55), field(raw, 54), field(raw, 38), now_text());
}

std::string fill(const std::string& raw,
                 const std::string& exec_id,
                 const std::string& qty,
                 const std::string& px,
                 const std::string& cum,
                 const std::string& leaves) {
    return fmt::format(
        "37=V{0}|11={0}|17={1}|150=F|39={2}|55={3}|54={4}|38={5}|32={6}|31={7}|14={8}|151={9}|6={7}"
        "|60={10}",
        field(raw, 11), exec_id, leaves == "0" ? '2' : '1', field(raw, 55), field(raw, 54),
        field(raw, 38), qty, px, cum, leaves, now_text());
}

}  // namespace sluice::system_test
