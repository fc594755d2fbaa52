#include "tests/system/gateway_process.hpp"

#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/admin/admin_client.hpp"
#include "sessions/client/fix_text.hpp"

namespace sluice::system_test {
namespace {

constexpr int kLimitMs = 20'000;

struct Child {
    pid_t pid = -1;
    int out = -1;
};

Child spawn(const std::vector<std::string>& command) {
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    const pid_t pid = ::fork();
    REQUIRE(pid >= 0);
    if (pid == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::dup2(ends[1], STDERR_FILENO);
        std::vector<char*> argv;
        for (const std::string& word : command) {
            argv.push_back(const_cast<char*>(word.c_str()));  // NOLINT: exec takes char*
        }
        argv.push_back(nullptr);
        ::execvp(argv[0], argv.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    return {pid, ends[0]};
}

// Appends what can be read; false at the end.
bool read_more(int fd, std::string& into, int timeout_ms) {
    pollfd wait{fd, POLLIN, 0};
    if (::poll(&wait, 1, timeout_ms) != 1) {
        return false;
    }
    char bytes[4096];
    const ssize_t n = ::read(fd, bytes, sizeof bytes);
    if (n <= 0) {
        return false;
    }
    into.append(bytes, static_cast<std::size_t>(n));
    return true;
}

int exit_code_of(pid_t pid) {
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool holds(const client::FixMessage& message, std::string_view fields) {
    while (!fields.empty()) {
        const std::string_view pair = fields.substr(0, fields.find('|'));
        fields.remove_prefix(std::min(fields.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        if (message.field(std::stoi(std::string(pair.substr(0, equals)))) !=
            pair.substr(equals + 1)) {
            return false;
        }
    }
    return true;
}

}  // namespace

TempDir::TempDir() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "sluice-system-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
}

// SLUICE_KEEP_TEST_DATA in the environment keeps the directory, to look at what a failed test left.
TempDir::~TempDir() {
    if (std::getenv("SLUICE_KEEP_TEST_DATA") != nullptr) {
        return;
    }
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string TempDir::file(const std::string& name, const std::string& content) const {
    const std::string path = path_ + "/" + name;
    std::ofstream(path) << content;
    return path;
}

std::string session(const std::string& id, FixVersion version, const std::string& more) {
    const bool fixt = version == FixVersion::Fix50Sp2;
    return fmt::format(
        "  - id: {}\n"
        "    begin_string: {}\n{}"
        "    accounts: [ACC]\n"
        "    default_account: ACC\n"
        "    throttle: {{rate: unlimited, burst: unlimited}}\n{}",
        id, fixt ? "FIXT.1.1" : std::string(to_text(version)),
        fixt ? "    default_appl_ver_id: FIX.5.0SP2\n" : "",
        more.empty() ? "    addresses: [127.0.0.0/8]\n" : more);
}

std::string ConfigText::text() const {
    const std::string generous =
        "    max_order_qty: 100000\n    max_order_notional: 10000000\n    max_gross_notional: "
        "unlimited\n"
        "    max_net_notional: unlimited\n    max_long: unlimited\n    max_short: unlimited\n";
    return fmt::format(
        "instance: T\ntwo_person: false\naccept_changes: false\ndata_dir: data\nmax_orders: "
        "65536\njournal: {{durability: {}, segment_size: "
        "4MiB}}\n"
        "listeners:\n{}accounts:\n  - id: ACC\n    currency: USD\n{}sessions:\n{}"
        "instruments:\n  - {{symbol: XYZ, currency: USD, close: 10, allow_close: true, "
        "max_ref_age: unlimited, "
        "collar: {{bps: 5000}}}}\nvenues:\n{}routes:\n{}{}",
        durability, listeners, account_limits.empty() ? generous : account_limits, sessions, venues,
        routes.empty() ? "  - {venues: [SIM]}\n" : routes, more);
}

GatewayProcess::GatewayProcess(const TempDir& dir, const std::string& config)
    : dir_(dir.path()), config_path_(dir.file("sluice.yaml", config)) {}

GatewayProcess::~GatewayProcess() {
    if (pid_ > 0) {
        kill9();
    }
}

void GatewayProcess::start() {
    const Child child = spawn({SLUICE_BINARY, "run", "--config", config_path_});
    pid_ = child.pid;
    out_ = child.out;
    output_.clear();
    ports_.clear();
    while (output_.find("\nready in") == std::string::npos && read_more(out_, output_, kLimitMs)) {
    }
    INFO(output_);
    REQUIRE(output_.find("\nready in") != std::string::npos);
    constexpr std::string_view kListening = "  listening      ";
    for (auto at = output_.find(kListening); at != std::string::npos;
         at = output_.find(kListening, at + 1)) {
        const auto colon = output_.rfind(':', output_.find('\n', at));
        ports_.push_back(static_cast<std::uint16_t>(std::stoi(output_.substr(colon + 1))));
    }
}

void GatewayProcess::kill9() {
    ::kill(pid_, SIGKILL);
    exit_code_of(pid_);
    ::close(out_);
    pid_ = -1;
}

int GatewayProcess::stop() {
    ::kill(pid_, SIGTERM);
    while (read_more(out_, output_, kLimitMs)) {
    }
    const int code = exit_code_of(pid_);
    ::close(out_);
    pid_ = -1;
    return code;
}

client::FixClientConfig GatewayProcess::client_config(const std::string& id,
                                                      FixVersion version) const {
    client::FixClientConfig config;
    config.port = port();
    config.version = version;
    config.sender_comp_id = id;
    config.target_comp_id = "SLUICE";
    config.sequence_file = dir_ + "/" + id + ".seq";
    return config;
}

nlohmann::json GatewayProcess::call(const std::string& method,
                                    const std::string& target,
                                    const std::string& body) const {
    const auto answer = admin_call(socket(), method, target, body);
    INFO(method << " " << target << " "
                << (answer.ok() ? answer.value().body : answer.error().text));
    REQUIRE(answer.ok());
    auto json = nlohmann::json::parse(answer.value().body);
    if (json.is_object()) {
        json["http_status"] = answer.value().status;
    }
    return json;
}

Ran run_program(const std::vector<std::string>& command) {
    const Child child = spawn(command);
    Ran ran;
    while (read_more(child.out, ran.output, 60'000)) {
    }
    ::close(child.out);
    ran.exit_code = exit_code_of(child.pid);
    return ran;
}

Ran run_sluice(const std::vector<std::string>& arguments) {
    std::vector<std::string> command{SLUICE_BINARY};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return run_program(command);
}

std::unique_ptr<client::FixClient> log_on(const client::FixClientConfig& config) {
    auto made = client::FixClient::connect(config);
    INFO((made.ok() ? std::string() : made.error()));
    REQUIRE(made.ok());
    auto client = std::move(made).value();
    const auto logged_on = client->logon(10'000);
    INFO((logged_on.ok() ? std::string() : logged_on.error()));
    REQUIRE(logged_on.ok());
    return client;
}

client::FixMessage expect(client::FixClient& client, const std::string& fields) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    std::string seen;
    while (std::chrono::steady_clock::now() < end && !client.closed()) {
        auto message = client.receive(1'000);
        if (message && holds(*message, fields)) {
            return *message;
        }
        seen += message ? client::readable(message->raw) + "\n" : "";
    }
    INFO("waiting for " << fields << ", closed: " << client.close_text() << ", seen:\n" << seen);
    REQUIRE(false);
    return {};
}

std::string now_text() {
    return client::utc_timestamp(std::chrono::system_clock::now().time_since_epoch().count());
}

std::string order(FixVersion version,
                  const std::string& id,
                  char side,
                  const std::string& qty,
                  const std::string& px) {
    return fmt::format("11={}|{}55=XYZ|54={}|60={}|38={}|40=2|44={}|59=0", id,
                       version == FixVersion::Fix42 ? "21=1|" : "", side, now_text(), qty, px);
}

}  // namespace sluice::system_test
