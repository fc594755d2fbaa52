// FieldCursor: walks the tag=value fields of a frame without copying. Shared by the screen and
// LogonPeek, so that both see the same fields, also where a data field's value holds SOH bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sluice::transport {

enum class FieldFault : std::uint8_t {
    None,
    BadTag,           // not 1 to 9 digits, or starts with 0
    NoEqualSign,      // the tag is not followed by '='
    NoSoh,            // the value runs out of the frame
    DataWithoutSize,  // a data field is not directly preceded by its length field
    DataTooLong,  // a data field's length is not a number, or leads out of the frame, or not to a
                  // SOH
};

struct Field {
    int tag = 0;
    std::string_view value;
    std::size_t offset = 0;  // of the tag's first digit in the frame
};

// The tag of the length field that must stand before data field `tag`, 0 when `tag` is not a data
// field.
int length_tag_of(int tag);

class FieldCursor {
public:
    explicit FieldCursor(std::string_view frame) : frame_(frame) {}

    bool at_end() const { return at_ == frame_.size(); }
    // Reads one field into field(); anything but None ends the walk, and field() then holds the tag
    // (if it could be read) and the offset of the trouble.
    FieldFault next();
    const Field& field() const { return field_; }

private:
    FieldFault read_tag();
    FieldFault read_text();
    FieldFault read_data();

    std::string_view frame_;
    std::size_t at_ = 0;
    Field field_;
    Field previous_;
};

}  // namespace sluice::transport
