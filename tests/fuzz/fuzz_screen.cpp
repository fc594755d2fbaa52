// The structural screen and LogonPeek with hostile frames: no read outside the frame, and what
// passes the screen is what the engine behind it relies on, checked here by a second, naive walk.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "gateway/domain/check.hpp"
#include "sessions/transport/fields.hpp"
#include "sessions/transport/logon_peek.hpp"
#include "sessions/transport/screen.hpp"

namespace {

using namespace sluice::transport;

bool within(std::string_view inner, std::string_view outer) {
    return inner.data() == nullptr || (inner.data() >= outer.data() &&
                                       inner.data() + inner.size() < outer.data() + outer.size());
}

// Each field of a screened frame ends with SOH inside it and starts with a tag of 1 to 9 digits.
void check_fields(std::string_view frame) {
    FieldCursor cursor(frame);
    std::size_t end = 0;
    while (!cursor.at_end()) {
        GW_CHECK(cursor.next() == FieldFault::None);
        const Field& field = cursor.field();
        GW_CHECK(field.offset == end);
        GW_CHECK(field.tag > 0 && field.tag <= 999'999'999);
        GW_CHECK(frame[field.offset] >= '1' && frame[field.offset] <= '9');
        end = static_cast<std::size_t>(field.value.data() - frame.data()) + field.value.size() + 1;
        GW_CHECK(end <= frame.size() && frame[end - 1] == '\x01');
        GW_CHECK(length_tag_of(field.tag) != 0 ||
                 field.value.find('\x01') == std::string_view::npos);
    }
    GW_CHECK(end == frame.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::unique_ptr<char[]> exact(new char[size]);
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    input.copy(exact.get(), size);
    const std::string_view frame(exact.get(), size);

    const ScreenResult result = screen(frame);
    GW_CHECK(result.offset <= size);
    const auto peek = LogonPeek::read(frame);
    if (result.ok()) {
        GW_CHECK(peek.has_value());
        GW_CHECK(frame.substr(0, 2) == "8=");
        check_fields(frame);
    }
    if (peek) {
        for (const auto view :
             {peek->begin_string, peek->msg_type, peek->sender_comp_id, peek->target_comp_id,
              peek->msg_seq_num, peek->username, peek->password, peek->heart_bt_int,
              peek->reset_seq_num_flag, peek->default_appl_ver_id}) {
            GW_CHECK(within(view, frame));
        }
        GW_CHECK(!result.ok() || peek->msg_seq_num.size() <= 9);
    }
    return 0;
}
