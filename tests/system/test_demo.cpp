// The first five minutes of a newcomer: `sluice demo` in an empty directory, then one order.
#include <catch2/catch.hpp>

#include "tests/system/gateway_process.hpp"

namespace sluice::system_test {
namespace {

// Starts the demo in the directory $2, waits for its "ready in", runs a client with the script and
// `sluice order list`, and stops the demo as Ctrl-C would. The exit codes are in the output.
constexpr const char* kNewcomer = R"sh(
cd "$2" && mkfifo started || exit 1
"$1" demo --port 0 >started 2>demo.err &
demo=$!
trap 'kill -9 $demo 2>/dev/null' EXIT
trap 'exit 1' TERM
exec 3<started
while read -r line <&3; do
    case "$line" in "ready in"*) break ;; esac
done
"$1" client TRADER1 --script script
echo "client exit $?"
"$1" order list
echo "list exit $?"
kill -INT $demo
wait $demo
echo "demo exit $?"
cat demo.err
)sh";

}  // namespace

TEST_CASE(
    "the demo needs no configuration: the README's first order is filled in two parts, and its "
    "second is refused by a limit") {
    const TempDir dir;
    dir.file("script",
             "buy 100 AAPL @187.50\n"
             "expect 35=8|39=1|32=60|31=187.48\n"
             "expect 35=8|39=2|32=40|31=187.5\n"
             "buy 500 AAPL @187.60\n"
             "expect 35=8|39=8\n");
    const Ran ran = run_program(
        {"timeout", "40", "sh", "-c", kNewcomer, "newcomer", SLUICE_BINARY, dir.path()});
    INFO(ran.output);
    const auto first = ran.output.find("Trade 60 @187.48 PartiallyFilled cum 60 leaves 40");
    const auto second = ran.output.find("Trade 40 @187.5 Filled cum 100 leaves 0");
    CHECK(first != std::string::npos);
    CHECK(second != std::string::npos);
    CHECK(first < second);
    CHECK(ran.output.find("RISK MAX_ORDER_NOTIONAL account/DEMO:max_order_notional limit=25000 "
                          "observed=93800") != std::string::npos);
    CHECK(ran.output.find("client exit 0") != std::string::npos);
    CHECK(ran.output.find("list exit 0") != std::string::npos);
    CHECK(ran.output.find("demo exit 0") != std::string::npos);
}

}  // namespace sluice::system_test
