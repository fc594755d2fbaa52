#include <fstream>
#include <iterator>
#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/fix_specs/dictionaries.hpp"
#include "tests/unit/fix_specs/sample_message.hpp"

namespace sluice::test {
namespace {

std::string read_spec(const std::string& file) {
    std::ifstream in(spec_path(file));
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// FIX44.xml with the field that rules/README.md adds, by the steps it gives.
std::string with_own_field() {
    std::string xml = read_spec("FIX44.xml");
    const std::string message = "<message name='NewOrderSingle' msgtype='D' msgcat='app'>";
    xml.insert(xml.find(message) + message.size(), "<field name='DeskTag' required='N'/>");
    xml.insert(xml.find("</fields>"), "<field number='6001' name='DeskTag' type='STRING'/>");
    return xml;
}

const std::string kOrder =
    "8=FIX.4.4|35=D|34=2|49=CLIENT|56=SLUICE|52=20260102-10:00:00.000|11=A1|1=ACC|55=ACME|54=1|"
    "60=20260102-10:00:00.000|38=100|40=1|6001=north";

}  // namespace

TEST_CASE("a tag of the user's own is refused until a dictionary names it") {
    CHECK(Dictionaries(FixVersion::Fix44).reject_reason(to_wire(kOrder)).value_or(-1) == 0);
    CHECK_FALSE(Dictionaries(with_own_field()).reject_reason(to_wire(kOrder)));
}

}  // namespace sluice::test
