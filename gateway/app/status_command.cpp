#include "gateway/app/status_command.hpp"

#include <chrono>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/admin/admin_client.hpp"
#include "gateway/app/cli_failure.hpp"
#include "gateway/app/exit_code.hpp"
#include "gateway/app/kill_scope.hpp"
#include "gateway/app/record_view.hpp"
#include "gateway/app/terminal.hpp"

namespace sluice::app {
namespace {

using Json = nlohmann::ordered_json;

const Json& part(const Json& object, const char* key) {
    static const Json empty = Json::object();
    const auto found = object.find(key);
    return found == object.end() ? empty : *found;
}

std::string running_for(const std::string& started) {
    const std::int64_t now = std::chrono::system_clock::now().time_since_epoch().count();
    const auto since = parse_time(started, now);
    const std::int64_t seconds = since ? (now - *since) / 1'000'000'000 : 0;
    return fmt::format("{:02}:{:02}:{:02}", seconds / 3'600, seconds / 60 % 60, seconds % 60);
}

bool flag(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_boolean() && found->get<bool>();
}

std::vector<std::string> troubles(const Json& status, const Json& risk) {
    std::vector<std::string> found;
    const Json& journal = part(status, "journal");
    if (flag(journal, "failed")) {
        found.emplace_back("FAIL journal cannot be written; the gateway is halted");
    }
    if (flag(journal, "disk_low")) {
        found.push_back(fmt::format("WARN disk of {} is nearly full", cell(journal, "directory")));
    }
    const std::string state = cell(part(status, "risk"), "state");
    if (state != "ACTIVE" && !flag(journal, "failed")) {
        found.push_back(fmt::format("FAIL trading is {}", state));
    }
    for (const Json& venue : part(status, "venues")) {
        if (cell(venue, "state") != "up") {
            found.push_back(
                fmt::format("WARN venue {} is {}", cell(venue, "venue"), cell(venue, "state")));
        }
    }
    for (const Json& kill : part(risk, "kill_switches")) {
        found.push_back(fmt::format(
            "WARN kill switch on: {}",
            scope_words(cell(kill, "scope"), cell(kill, "name"), cell(kill, "symbol"))));
    }
    return found;
}

}  // namespace

int show_status(const GatewayCalls& gateway, OutputFormat format) {
    const Json status = gateway.get("/status");
    if (format == OutputFormat::Json) {
        print(status.dump(2) + "\n");
        return kOk;
    }
    const Json& sessions = part(status, "sessions");
    const Json& risk = part(status, "risk");
    const Json& journal = part(status, "journal");
    std::string venues;
    for (const Json& venue : part(status, "venues")) {
        venues += (venues.empty() ? "" : "   ") + cell(venue, "venue") + " " + cell(venue, "state");
    }
    const std::string kills = cell(risk, "kill_switches");
    print(fmt::format("server    running {}   pid {}   version {}   epoch {}   {}\n",
                      running_for(cell(status, "started")), cell(status, "pid"),
                      cell(status, "version"), cell(status, "epoch"), gateway.place().socket));
    print(fmt::format("sessions  {} of {} logged on   FIX at {}\n", cell(sessions, "logged_on"),
                      cell(sessions, "configured"), cell(status, "address")));
    print(fmt::format("venues    {}\n", venues.empty() ? "none" : venues));
    print(fmt::format("orders    {} open\n", cell(status, "open_orders")));
    print(fmt::format("risk      {}   kill switches {}   limits v{}\n", cell(risk, "state"),
                      kills == "0" ? "off" : kills + " on", cell(risk, "config_version")));
    print(fmt::format("journal   seq {}   durable {}   {}   stalls {}   {}\n",
                      cell(journal, "written"), cell(journal, "durable"),
                      cell(journal, "durability"), cell(journal, "stalls"),
                      cell(journal, "directory")));
    return kOk;
}

int check_health(const GatewayCalls& gateway, OutputFormat format) {
    const Json status = gateway.get("/status");
    const auto found = troubles(status, gateway.get("/risk"));
    if (format == OutputFormat::Json) {
        print(Json{{"ok", found.empty()}, {"troubles", found}}.dump(2) + "\n");
    } else if (found.empty()) {
        print(fmt::format("OK   journal seq {}, {} of {} sessions logged on\n",
                          cell(part(status, "journal"), "written"),
                          cell(part(status, "sessions"), "logged_on"),
                          cell(part(status, "sessions"), "configured")));
    } else {
        print(fmt::format("{}\n", fmt::join(found, "\n")));
    }
    return found.empty() ? kOk : kCheckFailed;
}

int list_venues(const GatewayCalls& gateway, OutputFormat format) {
    const Json venues = gateway.get("/venues");
    if (format == OutputFormat::Json) {
        print(venues.dump(2) + "\n");
        return kOk;
    }
    Table table({{"venue", "VENUE"},
                 {"type", "TYPE"},
                 {"state", "STATE"},
                 {"requests", "REQUESTS", true},
                 {"events", "EVENTS", true}});
    for (const Json& venue : venues) {
        table.add({cell(venue, "venue"), cell(venue, "type"), cell(venue, "state"),
                   cell(venue, "requests"), cell(venue, "events")});
    }
    print(table.text());
    return kOk;
}

// The answers come in pages.
int list_asked(const GatewayCalls& gateway,
               const std::string& venue,
               std::uint64_t after,
               OutputFormat format) {
    Table table({{"number", "NUMBER", true}, {"text", "REQUEST"}});
    std::string from = std::to_string(after);
    for (;;) {
        const Json page =
            gateway.get("/venues/" + percent_encoded(venue) + "/requests", {{"after", from}});
        if (page.empty()) {
            break;
        }
        for (const Json& asked : page) {
            from = cell(asked, "number");
            table.add({from, cell(asked, "text")});
        }
    }
    print(table.as(format));
    return kOk;
}

int say_at_venue(const GatewayCalls& gateway, const std::string& venue, const std::string& text) {
    try {
        const Json answer =
            gateway.post("/venues/" + percent_encoded(venue) + "/say", Json{{"text", text}});
        print(cell(answer, "text") + "\n");
        return kOk;
    } catch (CliFailure& failure) {
        failure.next = failure.exit_code == kNotFound         ? "sluice order list"
                       : failure.exit_code == kRefusedByState ? "sluice venue list"
                                                              : failure.next;
        throw;
    }
}

}  // namespace sluice::app
