#include <filesystem>

#include <catch2/catch.hpp>
#include <unistd.h>

#include "gateway/admin/admin_client.hpp"
#include "gateway/admin/admin_server.hpp"

namespace sluice {
namespace {

std::string fresh_socket() {
    static int count = 0;
    return (std::filesystem::temp_directory_path() /
            ("sluice-admin-" + std::to_string(::getpid()) + "-" + std::to_string(++count)))
        .string();
}

TEST_CASE(
    "a request reaches the handler with path, query, body and the caller's user id, and is "
    "answered") {
    const std::string path = fresh_socket();
    AdminRequest seen;
    auto server = AdminServer::start(path, 0600, [&seen](const AdminRequest& request) {
        seen = request;
        return AdminResponse{201, R"({"ok":true})"};
    });
    REQUIRE(server.ok());
    const auto answer = admin_call(
        path, "POST", "/risk/" + percent_encoded("A/B") + "?key=" + percent_encoded("a b&c"), "{}");
    REQUIRE(answer.ok());
    CHECK(answer.value().status == 201);
    CHECK(answer.value().body == R"({"ok":true})");
    CHECK(seen.method == "POST");
    CHECK(seen.path == "/risk/A/B");
    CHECK(seen.query.at("key") == "a b&c");
    CHECK(seen.body == "{}");
    CHECK(seen.uid == ::getuid());
    CHECK(seen.pid == ::getpid());
    CHECK_FALSE(seen.user.empty());
}

TEST_CASE("the socket file has the mode that was asked for") {
    const std::string path = fresh_socket();
    auto server =
        AdminServer::start(path, 0600, [](const AdminRequest&) { return AdminResponse{}; });
    REQUIRE(server.ok());
    CHECK(std::filesystem::status(path).permissions() ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE("a second server on a live socket is refused by name") {
    const std::string path = fresh_socket();
    auto first =
        AdminServer::start(path, 0600, [](const AdminRequest&) { return AdminResponse{}; });
    REQUIRE(first.ok());
    const auto second =
        AdminServer::start(path, 0600, [](const AdminRequest&) { return AdminResponse{}; });
    REQUIRE_FALSE(second.ok());
    CHECK(second.error() == "admin socket " + path + ": another process serves it");
}

TEST_CASE("a socket file that a dead process left behind is replaced") {
    const std::string path = fresh_socket();
    { std::filesystem::create_symlink("/nonexistent", path); }
    auto server =
        AdminServer::start(path, 0600, [](const AdminRequest&) { return AdminResponse{}; });
    REQUIRE(server.ok());
    CHECK(admin_call(path, "GET", "/", "").ok());
}

TEST_CASE("a gateway that is not there is unreachable, and the answer names the socket") {
    const std::string path = fresh_socket();
    const auto answer = admin_call(path, "GET", "/", "");
    REQUIRE_FALSE(answer.ok());
    CHECK(answer.error().kind == AdminCallError::Unreachable);
    CHECK(answer.error().text.find(path) != std::string::npos);
}

TEST_CASE("a path that no socket can have is refused by name") {
    const std::string path(200, 'x');
    const auto server =
        AdminServer::start(path, 0600, [](const AdminRequest&) { return AdminResponse{}; });
    REQUIRE_FALSE(server.ok());
    CHECK(server.error().find("longer than 107 characters") != std::string::npos);
}

}  // namespace
}  // namespace sluice
