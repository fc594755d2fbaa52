// What `sluice` asks of a person at a terminal: a name typed before trading stops, a password that
// is not shown, and the client's prompt.
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tests/system/gateway_process.hpp"
#include "tests/system/terminal_process.hpp"

namespace sluice::system_test {
namespace {

constexpr const char* kSecret = "open sesame";

std::vector<std::string> sluice_with(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), SLUICE_BINARY);
    return arguments;
}

// Types the password twice at `sluice hash-password`; the hash.
std::string hash_of_typed_password() {
    TerminalProcess terminal(sluice_with({"hash-password"}));
    terminal.await("Password: ");
    CHECK_FALSE(terminal.echoes());
    terminal.type(kSecret);
    terminal.await("Again: ");
    CHECK_FALSE(terminal.echoes());
    terminal.type(kSecret);
    terminal.await("scrypt");
    CHECK(terminal.wait() == 0);
    INFO(terminal.shown());
    CHECK(terminal.shown().find(kSecret) == std::string::npos);
    const auto begin = terminal.shown().find('$');
    REQUIRE(begin != std::string::npos);
    return terminal.shown().substr(begin, terminal.shown().find('\r', begin) - begin);
}

std::string config_text(const std::string& more = {}) {
    return ConfigText{.sessions = session("T1", FixVersion::Fix44, more)}.text();
}

}  // namespace

TEST_CASE("kill goes on when the scope's name is typed, and changes nothing when another word is") {
    const TempDir dir;
    GatewayProcess gateway(dir, config_text());
    gateway.start();
    auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    trader->send("D", order(FixVersion::Fix44, "A1", '1', "5", "9.00"));
    expect(*trader, "35=8|11=A1|150=0");
    const auto kill = sluice_with(
        {"kill", "--account", "ACC", "--reason", "drill", "--socket", gateway.socket()});

    TerminalProcess other(kill);
    other.await("This blocks new and replace orders for account ACC; 1 open orders stay");
    other.await("Type ACC to go on: ");
    other.type("acc");
    CHECK(other.wait() == 1);
    CHECK(other.shown().find("not confirmed; nothing was changed") != std::string::npos);
    trader->send("D", order(FixVersion::Fix44, "A2", '1', "5", "9.00"));
    expect(*trader, "35=8|11=A2|150=0");

    TerminalProcess same(kill);
    same.await("Type ACC to go on: ");
    CHECK(same.echoes());
    same.type("ACC");
    same.await("KILLED account ACC");
    CHECK(same.wait() == 0);
    trader->send("D", order(FixVersion::Fix44, "A3", '1', "5", "9.00"));
    expect(*trader, "35=8|11=A3|150=8");
}

TEST_CASE("kill without a terminal and without --yes changes nothing") {
    const TempDir dir;
    GatewayProcess gateway(dir, config_text());
    gateway.start();
    const Ran ran =
        run_program({"sh", "-c",
                     std::string(SLUICE_BINARY) + " kill --firm --reason drill --socket " +
                         gateway.socket() + " </dev/null"});
    INFO(ran.output);
    CHECK(ran.exit_code == 2);
    CHECK(ran.output.find("the same command with --yes") != std::string::npos);
    auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    trader->send("D", order(FixVersion::Fix44, "A1", '1', "5", "9.00"));
    expect(*trader, "35=8|11=A1|150=0");
}

TEST_CASE("a password is typed without being shown, hashed, and typed again to log on") {
    const std::string hash = hash_of_typed_password();
    const TempDir dir;
    GatewayProcess gateway(
        dir, config_text(fmt::format("    username: ana\n    password: \"{}\"\n", hash)));
    gateway.start();
    const auto client = sluice_with({"client", "T1", "--username", "ana", "--socket",
                                     gateway.socket(), "--sequence-file", dir.path() + "/T1.seq"});

    TerminalProcess wrong(client);
    wrong.await("Password of ana: ");
    wrong.type("open barley");
    wrong.await("logon refused: invalid credentials");
    CHECK(wrong.wait() == 1);

    TerminalProcess right(client);
    right.await("Password of ana: ");
    CHECK_FALSE(right.echoes());
    right.type(kSecret);
    right.await("logged on in");
    right.await("T1> ");
    CHECK(right.echoes());
    CHECK(right.shown().find(kSecret) == std::string::npos);
    right.type("buy 5 XYZ @9.00");
    right.await("> NewOrderSingle");
    right.await("New New cum 0 leaves 5");
    right.await("T1> ");
    right.type("buy 5 XYZ 9.00 what");  // a slip of the pen is no reason to leave
    right.await("T1> ");
    right.type("quit");
    CHECK(right.wait() == 0);
}

TEST_CASE("two passwords that differ give no hash") {
    TerminalProcess terminal(sluice_with({"hash-password"}));
    terminal.await("Password: ");
    terminal.type(kSecret);
    terminal.await("Again: ");
    terminal.type("open barley");
    CHECK(terminal.wait() == 1);
    INFO(terminal.shown());
    CHECK(terminal.shown().find("the two passwords differ") != std::string::npos);
    CHECK(terminal.shown().find('$') == std::string::npos);
}

TEST_CASE("a program that is stopped at a hidden password and goes on asks again") {
    TerminalProcess terminal(
        {"sh", "-mc", "\"$1\" hash-password; stty -a; fg; echo \"exit $?\"", "sh", SLUICE_BINARY});
    terminal.await("Password: ");
    terminal.press('\x1a');
    terminal.await(" echo ");
    terminal.await("Password: ");
    CHECK_FALSE(terminal.echoes());
    terminal.type(kSecret);
    terminal.await("Again: ");
    terminal.type(kSecret);
    terminal.await("$scrypt$");
    terminal.await("exit 0");
    CHECK(terminal.wait() == 0);
}

TEST_CASE("Ctrl-C at a hidden password ends the program and gives the terminal its echo back") {
    TerminalProcess terminal({"sh", "-c",
                              "trap : INT; \"$1\" hash-password; echo \"exit $?\"; stty -a", "sh",
                              SLUICE_BINARY});
    terminal.await("Password: ");
    CHECK_FALSE(terminal.echoes());
    terminal.press('\x03');
    terminal.await("exit 130");
    terminal.wait();
    INFO(terminal.shown());
    CHECK(terminal.shown().find(" echo ") != std::string::npos);
    CHECK(terminal.shown().find(" -echo ") == std::string::npos);
}

}  // namespace sluice::system_test
