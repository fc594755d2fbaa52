#include "tests/system/scripted_venue.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

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
    if (msg_type != "D" && msg_type != "F" && msg_type != "G") {
        return;
    }
    if (msg_type == "D") {
        const std::lock_guard lock(mutex_);
        ++orders_[std::string(field(raw, 11))];
    }
    for (const auto& [answer_type, body] : script_(msg_type, raw)) {
        venue_->say(answer_type, body);
    }
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
