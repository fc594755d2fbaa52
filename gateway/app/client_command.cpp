#include "gateway/app/client_command.hpp"

#include <charconv>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "gateway/admin/admin_client.hpp"
#include "gateway/app/cli_failure.hpp"
#include "gateway/app/nearest_word.hpp"
#include "gateway/app/other_rooms.hpp"
#include "gateway/app/terminal.hpp"
#include "sessions/client/console.hpp"
#include "sessions/client/fix_client.hpp"

namespace sluice::app {
namespace {

using Json = nlohmann::ordered_json;

void fill(std::string& option, const std::string& value) {
    if (option.empty()) {
        option = value;
    }
}

FixVersion parse_version(const std::string& text) {
    for (const FixVersion version : {FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2}) {
        const std::string_view full = to_text(version);
        if (text == full || "FIX." + text == full ||
            (text == "5.0" && version == FixVersion::Fix50Sp2)) {
            return version;
        }
    }
    throw CliFailure{
        kUsage, fmt::format("version '{}' is none of FIX.4.2, FIX.4.4, FIX.5.0SP2", text), {}};
}

// The gateway's client sessions; the one that is asked for, or the only one.
Json session_of(const GatewayCalls& gateway, const std::string& id) {
    std::vector<std::string> names;
    Json found;
    for (const Json& session : gateway.get("/sessions")) {
        if (cell(session, "role") != "acceptor") {
            continue;
        }
        names.push_back(cell(session, "session"));
        if (id.empty() || names.back() == id) {
            found = session;
        }
    }
    if (!id.empty() && found.is_null()) {
        throw CliFailure{kNotFound,
                         fmt::format("no client session '{}'.{}", id, did_you_mean(id, names)),
                         "sluice session list"};
    }
    if (id.empty() && names.size() != 1) {
        throw CliFailure{kUsage, fmt::format("which session? One of: {}", fmt::join(names, ", ")),
                         names.empty() ? "sluice session list" : "sluice client " + names.front()};
    }
    return found;
}

bool knows_enough(const ClientRequest& request) {
    return request.port != 0 && !request.sender.empty() && !request.version.empty();
}

// Where the numbers stand that a first client of a used session must go on from.
struct Numbers {
    unsigned next_out = 1;
    unsigned next_in = 1;
};

unsigned number(const Json& object, const char* key) {
    const std::string text = cell(object, key);
    unsigned value = 1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

Numbers ask_gateway(const GatewayCalls& gateway, ClientRequest& request) {
    const Json session = session_of(gateway, request.session);
    request.session = cell(session, "session");
    fill(request.version, cell(session, "version"));
    fill(request.sender, cell(session, "target_comp_id"));
    fill(request.target, cell(session, "sender_comp_id"));
    if (request.port == 0 || request.host.empty()) {
        const auto [host, port] = parse_address(cell(gateway.get("/status"), "address"));
        fill(request.host, host == "0.0.0.0" || host == "::" ? "127.0.0.1" : host);
        request.port = request.port == 0 ? port : request.port;
    }
    return {number(session, "next_in"), number(session, "next_out")};
}

std::string sequence_file_of(const GatewayCalls& gateway, const ClientRequest& request) {
    if (!request.sequence_file.empty()) {
        return request.sequence_file;
    }
    const std::string& dir = gateway.place().data_dir;
    std::error_code ignored;
    return std::filesystem::is_directory(dir, ignored)
               ? fmt::format("{}/client-{}.seq", dir, request.session)
               : std::string();
}

// A client that never ran here goes on from the gateway's numbers instead of starting a quarrel.
void adopt_numbers(const std::string& path, const Numbers& numbers) {
    std::error_code ignored;
    if (path.empty() || std::filesystem::exists(path, ignored)) {
        return;
    }
    auto file = client::SequenceFile::open(path);
    if (file.ok()) {
        client::SequenceFile fresh = std::move(file).value();
        fresh.set_next_out(numbers.next_out);
        fresh.set_next_in(numbers.next_in);
        (void)
            fresh.save();  // a directory that cannot be written: reported when the client opens it
    }
}

client::FixClientConfig config_of(const ClientRequest& request) {
    client::FixClientConfig config;
    config.host = request.host.empty() ? "127.0.0.1" : request.host;
    config.port = static_cast<std::uint16_t>(request.port);
    config.version = parse_version(request.version);
    config.sender_comp_id = request.sender;
    config.target_comp_id = request.target.empty() ? "SLUICE" : request.target;
    config.username = request.username;
    if (!request.password_file.empty()) {
        config.password = first_line_of(request.password_file);
    } else if (!request.username.empty() && stdin_is_terminal()) {
        config.password = ask_secret(fmt::format("Password of {}: ", request.username));
    }
    config.heart_bt_int = static_cast<int>(request.heart_bt_int);
    config.reset_on_logon = request.reset;
    config.tls = request.tls || request.insecure || !request.ca.empty() ||
                 !request.certificate.empty() || !request.key.empty() ||
                 !request.server_name.empty();
    config.tls_config.ca_file = request.ca;
    config.tls_config.certificate_file = request.certificate;
    config.tls_config.key_file = request.key.empty() ? request.certificate : request.key;
    config.tls_config.verify_peer = !request.insecure;
    config.server_name = request.server_name;
    return config;
}

class Input {
public:
    explicit Input(const std::string& script) {
        if (!script.empty() && script != "-") {
            fd_ = ::open(script.c_str(), O_RDONLY | O_CLOEXEC);
            if (fd_ < 0) {
                throw CliFailure{kNotFound, fmt::format("{} cannot be read", script), {}};
            }
        }
    }
    ~Input() {
        if (fd_ > STDIN_FILENO) {
            ::close(fd_);
        }
    }
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;
    int fd() const { return fd_; }

private:
    int fd_ = STDIN_FILENO;
};

}  // namespace

std::pair<std::string, unsigned> parse_address(const std::string& address) {
    const std::size_t colon = address.rfind(':');
    unsigned port = 0;
    const char* const end = address.data() + address.size();
    const bool ok = colon != std::string::npos &&
                    std::from_chars(address.data() + colon + 1, end, port).ptr == end &&
                    port != 0 && port < 65'536;
    if (!ok) {
        throw CliFailure{kFailed,
                         fmt::format("the gateway's address '{}' is no host:port", address),
                         "sluice client --host HOST --port PORT"};
    }
    std::string host = address.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    return {host, port};
}

int run_client(const GatewayCalls& gateway, ClientRequest request) {
    Numbers numbers;
    const bool asked = !knows_enough(request);
    if (asked) {
        numbers = ask_gateway(gateway, request);
    }
    fill(request.session, request.sender);
    client::FixClientConfig config = config_of(request);
    config.sequence_file = sequence_file_of(gateway, request);
    if (asked && !request.reset) {
        adopt_numbers(config.sequence_file, numbers);
    }
    const Input input(request.script);
    client::ConsoleOptions options;
    options.name = request.session;
    options.account = request.account;
    options.prompt = request.script.empty() && stdin_is_terminal() && stdout_is_terminal();
    options.raw = request.raw;
    bool reached = false;
    client::Console console(
        [&config, &reached] {
            auto made = client::FixClient::connect(config);
            reached = reached || made.ok();
            return made;
        },
        describe_fix, config.version, options);
    const bool well = console.run(input.fd(), stdout);
    return well ? kOk : reached ? kFailed : kUnreachable;
}

}  // namespace sluice::app
