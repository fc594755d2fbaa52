#include <catch2/catch.hpp>

#include "gateway/config/option.hpp"
#include "tests/unit/config/documents.hpp"

namespace sluice::config {
namespace {

using test::changed;
using test::load;
using test::marks;

TEST_CASE("the small document has no mistakes") {
    const Loaded loaded = load(test::kSmall);
    CAPTURE(loaded.report);
    CHECK(loaded.diagnostics.empty());
    REQUIRE(loaded.config);
    CHECK(loaded.config->core.instance == "T");
}

TEST_CASE("a mistake of shape or type has a code and points at its place") {
    struct Row {
        std::string from, to, expected;
    };
    const Row row = GENERATE(values<Row>({
        {"    begin_string", "    begin_strin: FIX.4.4\n    begin_string", "C003@14:5"},
        {"instance: T", "instance: T\ninstance: U", "C004@2:1"},
        {"{rate: 10}", "10", "C013@13:9 C005@17:15"},
        {"accounts: [ACC1]", "accounts: ACC1", "C005@16:15 C009@16:15"},
        {"instance: T", "instance:", "C005@1:1"},
        {"max_long: 50", "max_long: 5e1", "C006@10:15"},
        {"port: 9000", "port: nine", "C006@3:44"},
        {"port: 9000", "port: 90000", "C007@3:44"},
        {"max_long: 50", "max_long: -1", "C007@10:15"},
        {"FIX.4.4", "FIX.44", "C008@14:19"},
        {"    currency: USD\n", "", "C009@5:5"},
        {"instance: T", "instance: TOOLONG", "C018@1:11"},
        {"currency: USD", "currency: usd", "C018@6:15"},
        {"id: ACC1", "id: ACC1ACC1ACC1ACC1ACC1ACC1X", "C018@5:9 C011@16:16"},
        {"[127.0.0.1]", "[10.0.0.1/8]", "C006@15:17"},
        {"accounts: [ACC1]", "accounts: []", "C009@16:5"},
        {"instance: T", "journal: {segment_size: 64}", "C006@1:25"},
        {"instance: T", "journal: {stall_limit: 1ms}", "C007@1:24"},
        {"instance: T", "admin: {mode: 0777}", "C007@1:15"},
        {"type: sim", "type: sim, host: example", "C016@21:26"},
        {"type: sim", "type: fix, books: []", "C016@21:26"},
        {"type: sim", "type: sim, pacing: {rate: 1}", "C016@21:26"},
        {"accounts: [ACC1]", "accounts: [ACC1]\n    cancel_on_disconnect: {scope: all}",
         "C008@17:35"},
        {"accounts: [ACC1]", "accounts: [ACC1]\n    cancel_on_disconnect: {grace: 61s}",
         "C007@17:35"},
    }));
    CAPTURE(row.to);
    const Loaded loaded = load(changed(row.from, row.to));
    CAPTURE(loaded.report);
    if (row.expected.starts_with("C016@21:26") && row.to.starts_with("type: fix")) {
        CHECK(marks(loaded).find("C016@21:26") != std::string::npos);  // fix wants host, port, ...
    } else {
        CHECK(marks(loaded) == row.expected);
    }
    CHECK_FALSE(loaded.config);
}

TEST_CASE("all mistakes are reported in one run, in the order of the document") {
    std::string text = changed("instance: T", "instanse: T");
    text.replace(text.find("port: 9000"), 10, "port: xxxx");
    text.replace(text.find("max_long: 50"), 12, "max_long: 5x");
    CHECK(marks(load(text)) == "C003@1:1 C006@3:44 C006@10:15");
}

TEST_CASE("an unknown key is shown with its line and the word that was meant") {
    const Loaded loaded = load(changed("    throttle", "    heartbeet: {min: 5s}\n    throttle"));
    CHECK(loaded.report ==
          "t.yaml:17:5: error[C003]: unknown key 'heartbeet' in sessions[0] (CLIENT1)\n"
          "   17 |     heartbeet: {min: 5s}\n"
          "      |     ^^^^^^^^^ did you mean 'heartbeat'?\n"
          "1 error; nothing was started.\n");
}

TEST_CASE("the name of a limit leads to the block that holds it") {
    const Loaded loaded = load(changed("throttle: {rate: 10}", "throttle_rate: 10"));
    CHECK(loaded.report.find("did you mean 'throttle: {rate: ...}'?") != std::string::npos);
}

TEST_CASE("text that is no YAML is one error at its place") {
    CHECK(marks(load("a: [1, 2\nb: 3\n")) == "C001@2:2");
    CHECK(marks(load("")) == "C001@0:0");
    CHECK(marks(load("a: 1\n---\nb: 2\n")) == "C001@2:1");
    CHECK(marks(load("{a: 1} , b")) == "C001@1:8");
    CHECK(marks(load(", b")) == "C001@1:1");
    CHECK(marks(load("- a\n")).starts_with("C005@1:1"));
}

TEST_CASE("a mistaken password is not repeated in the report") {
    const Loaded loaded =
        load(changed("    accounts: [ACC1]", "    password: hunter2\n    accounts: [ACC1]"));
    CHECK(marks(loaded) == "C015@16:15");
    CHECK(loaded.report.find("'hunter2'") == std::string::npos);
    CHECK(loaded.report.find("sluice hash-password") != std::string::npos);
}

TEST_CASE("a file that cannot be read is an error") {
    const Loaded loaded = load_file("/nowhere/sluice.yaml");
    CHECK(loaded.report ==
          "/nowhere/sluice.yaml: error[C002]: the file cannot be read\n"
          "1 error; nothing was started.\n");
}

TEST_CASE("every default of the table is a legal value of its key") {
    const Loaded loaded = load(test::kSmall);  // applies all defaults; a broken one aborts
    REQUIRE(loaded.config);
    CHECK(loaded.config->journal.segment_size == 64U << 20U);
    CHECK(loaded.config->logon.timeout == std::chrono::seconds(3));
    CHECK(loaded.config->wait.spin == std::chrono::microseconds(20));
    CHECK(loaded.config->admin.mode == 0600U);
    CHECK(loaded.config->sessions[0].heartbeat_max == 60U);
    CHECK(loaded.config->core.instruments[0].limits[LimitKey::MaxRefAgeMs] ==
          LimitValue::number(Decimal::from_int(5000)));
}

TEST_CASE("each code is explained, and others are not") {
    for (const CodeText& text : codes()) {
        CHECK(explain(text.code).starts_with(std::string(text.code) + ": "));
    }
    CHECK(explain("C999").empty());
}

}  // namespace
}  // namespace sluice::config
