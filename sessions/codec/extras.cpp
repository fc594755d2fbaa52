#include "sessions/codec/extras.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "sessions/codec/extra_rows.hpp"
#include "sessions/codec/tags.hpp"

namespace sluice::codec {
namespace {

// "tag=value" and the SOH behind it, as it stands in the message.
std::string_view whole_of(const Field& field) {
    std::size_t digits = 0;
    for (int rest = field.tag; rest > 0; rest /= 10) {
        ++digits;
    }
    return {field.value.data() - digits - 1, digits + field.value.size() + 2};
}

bool is_custom(int tag) {
    return tag >= kCustomTagMin;
}

struct Party {
    int tag;  // FIX 4.2
    std::string_view role;
};
constexpr std::array kParties = {
    Party{tag::ExecBroker, "1"},
    Party{tag::ClientID, "3"},
    Party{tag::ClearingFirm, "4"},
    Party{tag::ClearingAccount, "83"},
};

// The exemption of a short sale is in Side(54), so B, E, F, H, L, X and Z lose nothing by it.
struct Capacity {
    char rule_80a;
    char capacity;
    std::string_view restrictions;
};
constexpr std::array kCapacities = {
    Capacity{'A', 'A', ""},    Capacity{'B', 'A', ""},  Capacity{'C', 'P', "1 3"},
    Capacity{'D', 'P', "1 2"}, Capacity{'E', 'P', ""},  Capacity{'F', 'W', ""},
    Capacity{'H', 'I', ""},    Capacity{'I', 'I', ""},  Capacity{'J', 'I', "1 2"},
    Capacity{'K', 'I', "1 3"}, Capacity{'L', 'P', "4"}, Capacity{'M', 'W', "1 2"},
    Capacity{'N', 'W', "1 3"}, Capacity{'O', 'P', "4"}, Capacity{'P', 'P', ""},
    Capacity{'R', 'A', "4"},   Capacity{'S', 'P', "5"}, Capacity{'T', 'W', "4"},
    Capacity{'U', 'A', "1 2"}, Capacity{'W', 'W', ""},  Capacity{'X', 'W', "4"},
    Capacity{'Y', 'A', "1 3"}, Capacity{'Z', 'A', "4"},
};
// Back: a program trade that is not said to be index arbitrage is taken as one that is not.
constexpr std::string_view kShortExempt = "BEFHLXZ";

bool has_word(std::string_view list, std::string_view word) {
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = std::min(list.find(' ', at), list.size());
        if (list.substr(at, end - at) == word) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

std::string_view restrictions_that_count(std::string_view said) {
    if (has_word(said, "1")) {
        return has_word(said, "2") ? "1 2" : "1 3";
    }
    return has_word(said, "4") ? "4" : has_word(said, "5") ? "5" : "";
}

char rule_80a_of(char capacity, std::string_view restrictions) {
    if (capacity == 'G' || capacity == 'R') {
        capacity = 'P';  // proprietary and riskless principal were not told apart
    }
    const std::string_view counts = restrictions_that_count(restrictions);
    char fallback = 0;
    for (const Capacity& each : kCapacities) {
        if (each.capacity != capacity ||
            kShortExempt.find(each.rule_80a) != std::string_view::npos) {
            continue;
        }
        if (each.restrictions == counts) {
            return each.rule_80a;
        }
        fallback = each.restrictions.empty() ? each.rule_80a : fallback;
    }
    return fallback;
}

// One message's extras on their way into another one.
class Rewriting {
public:
    Rewriting(std::string_view extras,
              FixVersion version,
              ExtrasInto into,
              std::span<const std::uint32_t> custom_tags,
              MessageWriter& writer)
        : column_(extra_column(version)), into_(into), custom_tags_(custom_tags), writer_(writer) {
        FieldReader reader(extras);
        while (count_ < items_.size() && reader.next(items_[count_].field)) {
            items_[count_].row = extra_row(items_[count_].field.tag);
            ++count_;
        }
    }

    void run() {
        for (std::size_t i = 0; i < count_; ++i) {
            if (is_member(i) || is_repeated(i)) {
                continue;
            }
            if (is_custom(items_[i].field.tag)) {
                custom(items_[i].field);
            } else if (may_stand(i)) {
                write(i);
            }
        }
        if (column_ == extra_column(FixVersion::Fix42)) {
            to_rule_80a();
            parties_to_fields();
        } else {
            from_rule_80a();
            fields_to_parties();
        }
    }

private:
    struct Item {
        Field field;
        const ExtraRow* row = nullptr;
    };

    bool is_member(std::size_t i) const {
        return items_[i].row != nullptr && items_[i].row->group != 0;
    }
    bool is_repeated(std::size_t i) const {
        for (std::size_t j = i + 1; j < count_; ++j) {
            if (items_[j].field.tag == items_[i].field.tag) {
                return true;
            }
        }
        return false;
    }
    bool may_stand(std::size_t i) const {
        const ExtraRow* const row = items_[i].row;
        if (row == nullptr) {
            return false;
        }
        const auto versions = into_ == ExtrasInto::Request ? row->request : row->report;
        return (versions >> column_ & 1U) != 0;
    }

    // A field, or a group with its members.
    void write(std::size_t i) {
        one(items_[i]);
        for (std::size_t j = i + 1; j < count_ && is_member_of(j, items_[i].field.tag); ++j) {
            if (may_stand(j)) {
                one(items_[j]);
            }
        }
    }
    bool is_member_of(std::size_t i, int group) const {
        return items_[i].row != nullptr && items_[i].row->group == group;
    }

    void one(const Item& item) {
        const std::string_view values = item.row->values[column_];
        const std::string_view value = item.field.value;
        if ((item.row->from & extra::kList) != 0) {
            return list(item.field, values);
        }
        if (values.empty() || (values == "." ? value.size() == 1 : has_word(values, value))) {
            writer_.raw(whole_of(item.field));
        }
    }

    // Those of the values that the version has.
    void list(const Field& field, std::string_view values) {
        bool begun = false;
        for (std::size_t at = 0; at < field.value.size();) {
            const std::size_t end = std::min(field.value.find(' ', at), field.value.size());
            const std::string_view word = field.value.substr(at, end - at);
            at = end + 1;
            if (word.empty() || !(values.empty() || has_word(values, word))) {
                continue;
            }
            if (begun) {
                writer_.raw(" ");
            } else {
                const std::string_view whole = whole_of(field);
                writer_.raw(whole.substr(0, whole.size() - field.value.size() - 1));
            }
            begun = true;
            writer_.raw(word);
        }
        if (begun) {
            writer_.raw("\x01");
        }
    }

    void custom(const Field& field) {
        const auto tag = static_cast<std::uint32_t>(field.tag);
        if (std::find(custom_tags_.begin(), custom_tags_.end(), tag) != custom_tags_.end()) {
            writer_.raw(whole_of(field));
        }
    }

    // The value of the last field of this tag; empty when there is none.
    std::string_view value_of(int tag) const {
        std::string_view value;
        for (std::size_t i = 0; i < count_; ++i) {
            if (items_[i].field.tag == tag) {
                value = items_[i].field.value;
            }
        }
        return value;
    }

    void to_rule_80a() {
        const std::string_view capacity = value_of(tag::OrderCapacity);
        if (capacity.size() != 1 || !value_of(tag::Rule80A).empty()) {
            return;
        }
        if (const char rule = rule_80a_of(capacity[0], value_of(tag::OrderRestrictions))) {
            writer_.character<tag::Rule80A>(rule);
        }
    }

    void from_rule_80a() {
        const std::string_view rule = value_of(tag::Rule80A);
        if (rule.size() != 1 || !value_of(tag::OrderCapacity).empty()) {
            return;
        }
        for (const Capacity& each : kCapacities) {
            if (each.rule_80a == rule[0]) {
                writer_.character<tag::OrderCapacity>(each.capacity);
                writer_.text_if<tag::OrderRestrictions>(each.restrictions);
            }
        }
    }

    // An entry of the group ends where the next PartyID(448) stands.
    void parties_to_fields() {
        std::string_view id;
        unsigned written = 0;
        for (std::size_t i = 0; i < count_; ++i) {
            const Field& field = items_[i].field;
            if (field.tag == tag::PartyID) {
                id = field.value;
            } else if (field.tag == tag::PartyRole && !id.empty()) {
                party_to_field(id, field.value, written);
                id = {};
            }
        }
    }
    void party_to_field(std::string_view id, std::string_view role, unsigned& written) {
        for (std::size_t p = 0; p < kParties.size(); ++p) {
            const bool free = (written >> p & 1U) == 0 && value_of(kParties[p].tag).empty();
            if (kParties[p].role == role && free) {
                written |= 1U << p;
                writer_.text(kParties[p].tag, id);
            }
        }
    }

    void fields_to_parties() {
        if (!value_of(tag::NoPartyIDs).empty()) {
            return;
        }
        const auto is_said = [&](const Party& party) { return !value_of(party.tag).empty(); };
        const auto said = std::count_if(kParties.begin(), kParties.end(), is_said);
        if (said == 0) {
            return;
        }
        writer_.number<tag::NoPartyIDs>(static_cast<std::uint64_t>(said));
        for (const Party& party : kParties) {
            if (is_said(party)) {
                writer_.text<tag::PartyID>(value_of(party.tag));
                writer_.character<tag::PartyIDSource>('D');  // proprietary code
                writer_.text<tag::PartyRole>(party.role);
            }
        }
    }

    // No more fit into Extras: a field takes at least 4 bytes.
    std::array<Item, Extras::kMax / 4 + 1> items_;
    std::size_t count_ = 0;
    std::size_t column_;
    ExtrasInto into_;
    std::span<const std::uint32_t> custom_tags_;
    MessageWriter& writer_;
};

}  // namespace

bool ExtrasTaker::append(const Field& field) {
    const std::string_view whole = whole_of(field);
    behind_ = whole.data() + whole.size();
    if (to_.append(whole)) {
        return true;
    }
    if (group_ != 0) {
        Extras before;
        GW_CHECK(before.append(to_.view().substr(0, before_group_)));
        to_ = before;
        group_ = 0;
    }
    return false;
}

bool ExtrasTaker::take(const Field& field) {
    const ExtraRow* const row = extra_row(field.tag);
    if (row != nullptr && row->group != 0) {
        const bool belongs = row->group == group_ && whole_of(field).data() == behind_;
        return !belongs || append(field);
    }
    group_ = 0;
    if (row == nullptr ? !is_custom(field.tag) : (row->from & from_) == 0) {
        return true;
    }
    const bool opens_group = field.tag == tag::NoPartyIDs || field.tag == tag::NoSecurityAltID ||
                             field.tag == tag::NoOrderAttributes ||
                             field.tag == tag::NoContraBrokers;
    if (opens_group) {
        before_group_ = to_.size();
        group_ = field.tag;
    }
    return append(field);
}

void write_extras(const Extras& extras,
                  FixVersion version,
                  ExtrasInto into,
                  std::span<const std::uint32_t> custom_tags,
                  MessageWriter& writer) {
    if (!extras.empty()) {
        Rewriting(extras.view(), version, into, custom_tags, writer).run();
    }
}

bool holds_extra(const Extras& extras, int tag) {
    FieldReader reader(extras.view());
    Field field;
    while (reader.next(field)) {
        if (field.tag == tag) {
            return true;
        }
    }
    return false;
}

}  // namespace sluice::codec
