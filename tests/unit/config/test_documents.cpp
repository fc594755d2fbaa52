#include <filesystem>
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "gateway/config/loader.hpp"
#include "tests/unit/source_dir.hpp"

namespace sluice::config {
namespace {

std::string content(const std::filesystem::path& path) {
    std::ostringstream out;
    out << std::ifstream(path).rdbuf();
    return out.str();
}

TEST_CASE("the demo document is legal and without warnings") {
    const Loaded loaded = load_text(demo_document(), "demo", ".");
    CHECK(loaded.report.empty());
    REQUIRE(loaded.config);
    CHECK(loaded.config->data_dir == "sluice-demo");
    CHECK(loaded.config->core.sessions.size() == 3);
    CHECK(loaded.config->core.sessions[2].version == FixVersion::Fix50Sp2);
    CHECK(loaded.config->core.accounts[0].limits[LimitKey::MaxOrderNotional] ==
          LimitValue::number(Decimal::from_int(25000)));
    CHECK(loaded.config->venues[0].sim.books[0].asks[0].qty == Quantity::from_int(60));
}

TEST_CASE("the starter document passes the check as it is") {
    const Loaded loaded = load_text(starter_document(), "sluice.yaml", ".");
    CHECK(loaded.report.empty());
    CHECK(loaded.config);
}

TEST_CASE("the example definitions are legal") {
    std::size_t seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator(
             std::filesystem::path(source_dir()) / "sessions/definitions")) {
        if (entry.path().extension() != ".yaml") {
            continue;
        }
        ++seen;
        const Loaded loaded = load_file(entry.path().string());
        CAPTURE(loaded.report);
        CHECK(loaded.config);
        CHECK(count(loaded.diagnostics, Severity::Warning) == 0);
    }
    CHECK(seen >= 3);
}

TEST_CASE("docs/configuration.md is what the option table gives") {
    const std::filesystem::path page =
        std::filesystem::path(source_dir()) / "docs/configuration.md";
    INFO("make it anew with: sluice config options --markdown > docs/configuration.md");
    CHECK(content(page) == reference_page());
}

TEST_CASE("the list of keys names every level of nesting") {
    const std::string list = option_list();
    CHECK(list.find("\nsessions[].throttle.rate ") != std::string::npos);
    CHECK(list.find("\nvenues[].books[].asks[].price ") != std::string::npos);
    CHECK(list.find("\nversion ") == std::string::npos);
}

}  // namespace
}  // namespace sluice::config
