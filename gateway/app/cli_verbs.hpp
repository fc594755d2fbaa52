// The verbs and their options as CLI11 knows them. Only cli.cpp and cli_verbs*.cpp include this.
#pragma once

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "gateway/app/gateway_calls.hpp"
#include "gateway/app/place.hpp"
#include "gateway/app/table.hpp"

namespace sluice::app {

// What all verbs share while the arguments are read; lives as long as the program.
struct Invocation {
    PlaceOptions place;
    std::string output = "table";  // -o
    std::string reason;            // --reason
    std::function<int()> action;   // what the verb does; set when it was read

    OutputFormat format() const {
        return output == "json" ? OutputFormat::Json : OutputFormat::Table;
    }
    Place found() const { return find_place(place, real_surroundings()); }
    GatewayCalls gateway() const { return GatewayCalls(found()); }
    std::string journal() const { return found().journal(); }
};

void add_start_verbs(CLI::App& app, Invocation& invocation);    // run, demo, init, version
void add_look_verbs(CLI::App& app, Invocation& invocation);     // status, check, venue
void add_session_verbs(CLI::App& app, Invocation& invocation);  // session
void add_order_verbs(CLI::App& app, Invocation& invocation);    // order
void add_risk_verbs(CLI::App& app, Invocation& invocation);     // risk, kill, resume
void add_audit_verbs(CLI::App& app, Invocation& invocation);    // audit, replay, journal
void add_cert_verbs(CLI::App& app, Invocation& invocation);     // cert
void add_tool_verbs(CLI::App& app, Invocation& invocation);     // config, client, decode, ...

// A verb that has verbs below it, and one that does something.
CLI::App& group(CLI::App& parent, const std::string& name, const std::string& help);
CLI::App& verb(CLI::App& parent, const std::string& name, const std::string& help);
// -o table|json
void add_output(CLI::App& verb, Invocation& invocation);
// --reason TEXT, which a change must have.
void add_reason(CLI::App& verb, Invocation& invocation);

}  // namespace sluice::app
