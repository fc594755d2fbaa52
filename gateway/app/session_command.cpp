#include "gateway/app/session_command.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/admin/admin_client.hpp"
#include "gateway/app/cli_failure.hpp"
#include "gateway/app/nearest_word.hpp"
#include "gateway/app/terminal.hpp"

namespace sluice::app {
namespace {

using Json = nlohmann::ordered_json;

std::string session_path(const std::string& id, const std::string& verb = {}) {
    return "/sessions/" + percent_encoded(id) + (verb.empty() ? "" : "/" + verb);
}

// Adds the nearest session to "no session 'TRADR1'".
template <class Call>
Json with_names(const GatewayCalls& gateway, const std::string& id, Call call) {
    try {
        return call();
    } catch (CliFailure& failure) {
        if (failure.exit_code == kNotFound) {
            std::vector<std::string> names;
            for (const Json& session : gateway.get("/sessions")) {
                names.push_back(cell(session, "session"));
            }
            failure.text += "." + did_you_mean(id, names);
            failure.next = "sluice session list";
        } else if (failure.exit_code == kRefusedByState && failure.next.empty()) {
            failure.next = fmt::format("sluice session logout {} --reason TEXT", id);
        }
        throw;
    }
}

}  // namespace

int list_sessions(const GatewayCalls& gateway, OutputFormat format) {
    const Json sessions = gateway.get("/sessions");
    if (format == OutputFormat::Json) {
        print(sessions.dump(2) + "\n");
        return kOk;
    }
    Table table({{"session", "SESSION"},
                 {"version", "VERSION"},
                 {"role", "ROLE"},
                 {"state", "STATE"},
                 {"next_in", "IN", true},
                 {"next_out", "OUT", true},
                 {"address", "ADDRESS"},
                 {"last_event", "LAST EVENT"}});
    for (const Json& session : sessions) {
        const std::string address = cell(session, "address");
        table.add({cell(session, "session"), cell(session, "version"), cell(session, "role"),
                   cell(session, "state"), cell(session, "next_in"), cell(session, "next_out"),
                   address.empty() ? "-" : address, cell(session, "last_event")});
    }
    print(table.text());
    return kOk;
}

int show_session(const GatewayCalls& gateway, const std::string& id, OutputFormat format) {
    const Json session = with_names(gateway, id, [&] { return gateway.get(session_path(id)); });
    if (format == OutputFormat::Json) {
        print(session.dump(2) + "\n");
        return kOk;
    }
    for (const auto& [key, value] : session.items()) {
        print(fmt::format("{:<16} {}\n", key, cell(session, key.c_str())));
    }
    return kOk;
}

int change_session(const GatewayCalls& gateway,
                   const std::string& verb,
                   const std::string& id,
                   const std::string& reason) {
    const Json answer = with_names(gateway, id, [&] {
        return gateway.post(session_path(id, verb), Json{{"reason", reason}});
    });
    print(cell(answer, "text") + "\n");
    return kOk;
}

int reset_session(const GatewayCalls& gateway,
                  const std::string& id,
                  unsigned next_in,
                  unsigned next_out,
                  const std::string& reason) {
    const Json answer = with_names(gateway, id, [&] {
        return gateway.post(session_path(id, "reset"),
                            Json{{"in", next_in}, {"out", next_out}, {"reason", reason}});
    });
    print(cell(answer, "text") + "\n");
    return kOk;
}

}  // namespace sluice::app
