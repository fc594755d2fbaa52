#include "tests/unit/transport/frames.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sessions/transport/framer.hpp"

namespace sluice::test {

std::string soh(std::string_view text) {
    std::string out(text);
    std::replace(out.begin(), out.end(), '|', '\x01');
    return out;
}

std::string frame(std::string_view body, std::string_view begin_string) {
    const std::string bytes = soh(body);
    const std::string head = fmt::format(
                                 "8={}\x01"
                                 "9={}\x01",
                                 begin_string, bytes.size()) +
                             bytes;
    return head + fmt::format("10={:03}\x01", transport::check_sum(head));
}

}  // namespace sluice::test
