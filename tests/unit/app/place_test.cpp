#include "gateway/app/place.hpp"

#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "gateway/app/cli_failure.hpp"

using namespace sluice;
using namespace sluice::app;

namespace {

struct World {
    std::map<std::string, std::string> variables;
    std::set<std::string> directories;

    Surroundings around() const {
        return {[this](const char* name) {
                    const auto found = variables.find(name);
                    return found == variables.end() ? std::string() : found->second;
                },
                [this](const std::string& path) { return directories.contains(path); },
                [](const std::string& path) {
                    return path == "good.yaml"
                               ? Result<Place, std::string>(Place{"/run/a.sock", "/var/a"})
                               : Result<Place, std::string>::failure(path + ": bad");
                }};
    }
};

}  // namespace

TEST_CASE("a socket on the command line wins over everything") {
    World world;
    world.variables = {{"SLUICE_SOCKET", "/env.sock"}, {"SLUICE_DATA_DIR", "/env"}};
    const Place place = find_place({"/x/admin.sock", "", "good.yaml"}, world.around());
    CHECK(place.socket == "/x/admin.sock");
    CHECK(place.data_dir == "/env");
}

TEST_CASE("the data directory of a lone socket is where it lies") {
    CHECK(find_place({"/x/admin.sock", "", ""}, World().around()).journal() == "/x/journal");
    CHECK(find_place({"admin.sock", "", ""}, World().around()).journal() == "./journal");
}

TEST_CASE("--data-dir wins over the environment's socket") {
    World world;
    world.variables = {{"SLUICE_SOCKET", "/env.sock"}};
    CHECK(find_place({"", "/d", ""}, world.around()).socket == "/d/admin.sock");
}

TEST_CASE("the environment names socket and data directory") {
    World world;
    world.variables = {{"SLUICE_DATA_DIR", "/env"}};
    CHECK(find_place({}, world.around()).socket == "/env/admin.sock");
    world.variables["SLUICE_SOCKET"] = "/env.sock";
    CHECK(find_place({}, world.around()).socket == "/env.sock");
    CHECK(find_place({}, world.around()).data_dir == "/env");
}

TEST_CASE("a configuration file names both, also against the environment") {
    World world;
    world.variables = {{"SLUICE_SOCKET", "/env.sock"}};
    const Place place = find_place({"", "", "good.yaml"}, world.around());
    CHECK(place.socket == "/run/a.sock");
    CHECK(place.data_dir == "/var/a");
}

TEST_CASE("a configuration file with mistakes is exit code 3") {
    try {
        find_place({"", "", "bad.yaml"}, World().around());
        FAIL("was taken");
    } catch (const CliFailure& failure) {
        CHECK(failure.exit_code == kInvalidConfiguration);
        CHECK(failure.next == "sluice config check bad.yaml");
    }
}

TEST_CASE("without a word the demo's directory is taken, else sluice-data where it is") {
    World world;
    CHECK(find_place({}, world.around()).data_dir == "./sluice-demo");
    world.directories = {"./sluice-data"};
    CHECK(find_place({}, world.around()).data_dir == "./sluice-data");
    world.directories = {"./sluice-data", "./sluice-demo"};
    CHECK(find_place({}, world.around()).data_dir == "./sluice-demo");
}
