// NewOrderList(E): independent orders in one message.
#include <charconv>

#include "sessions/codec/command_decoder.hpp"
#include "sessions/codec/command_fields.hpp"
#include "sessions/codec/field_reader.hpp"
#include "sessions/codec/prose_builder.hpp"
#include "sessions/codec/tags.hpp"

namespace sluice::codec {
namespace {

// 0 for what is no count.
std::size_t count_in(std::string_view text) {
    std::size_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    return error == std::errc() && end == text.data() + text.size() ? count : 0;
}

// What stands before the orders, and how many there are.
class ListHead {
public:
    explicit ListHead(std::string_view frame) {
        FieldReader reader(frame);
        Field field;
        while (reader.next(field)) {
            take(field);
        }
        if (reader.is_broken()) {
            defect_ = Prose("the list breaks off inside a field");
        }
    }

    // Why it is not a list that we serve; empty when it is one.
    Prose defect() const {
        if (!defect_.empty()) {
            return defect_;
        }
        if (list_id_.empty()) {
            return Prose("ListID(66) is required");
        }
        if (orders_ == 0) {
            return Prose("NoOrders(73): the list holds no order");
        }
        if (orders_ > kListOrdersMax) {
            return Prose("NoOrders(73): the list holds more than 100 orders");
        }
        if (said_ != orders_ || total_ != orders_) {
            return ProseBuilder()
                .put("the list holds ")
                .put(std::uint64_t{orders_})
                .put(" orders, but NoOrders(73) is ")
                .put(std::uint64_t{said_})
                .put(" and TotNoOrders(68) is ")
                .put(std::uint64_t{total_})
                .prose();
        }
        return {};
    }

    std::size_t orders() const { return orders_; }
    const ClOrdId& list_id() const { return list_id_; }

private:
    void take(const Field& field) {
        switch (field.tag) {
            case tag::ListID:
                if (!list_id_.assign(field.value)) {
                    refuse(field, " is longer than 40 characters");
                }
                break;
            case tag::TotNoOrders:
                total_ = count_in(field.value);
                break;
            case tag::NoOrders:
                said_ = count_in(field.value);
                in_orders_ = true;
                break;
            case tag::ClOrdID:
                orders_ += in_orders_ ? 1U : 0U;
                break;
            case tag::ListExecInstType:
                if (field.value != "1") {
                    refuse(field, " is not served: orders are entered at once (1)");
                }
                break;
            case tag::ContingencyType:
                refuse(field, " is not served: the orders of a list are independent");
                break;
            case tag::LastFragment:
                if (field.value != "Y") {
                    refuse(field, " is not served: a list is one message");
                }
                break;
            default:
                break;
        }
    }
    void refuse(const Field& field, std::string_view why) {
        if (defect_.empty()) {
            defect_ = ProseBuilder().put_field(field.tag).put_value(field.value).put(why).prose();
        }
    }

    ClOrdId list_id_;
    std::size_t total_ = 0;
    std::size_t said_ = 0;
    std::size_t orders_ = 0;
    bool in_orders_ = false;
    Prose defect_;
};
static_assert(kListOrdersMax == 100 && ClOrdId::kMax == 40, "as the texts say");

// Takes the fields up to the first order into `head`; true when `field` begins that one.
bool find_orders(FieldReader& reader, Field& field, Command& head) {
    CommandFields fields(head);
    bool in_orders = false;
    while (reader.next(field)) {
        fields.take_header(field);
        if (in_orders && field.tag == tag::ClOrdID) {
            return true;
        }
        in_orders = in_orders || field.tag == tag::NoOrders;
    }
    return false;
}

// One order, whose ClOrdID(11) is in `field`; then `field` holds that of the next one.
void take_one(FieldReader& reader, Field& field, Command& order) {
    CommandFields fields(order);
    do {
        fields.take(field);
    } while (reader.next(field) && field.tag != tag::ClOrdID);
    fields.finish();
}

// So that the reports on the order name its list.
void add_list_id(Command& order) {
    GW_CHECK(order.extras.append("66=") && order.extras.append(order.request_id.view()) &&
             order.extras.append(std::string_view(&kSoh, 1)));
}

}  // namespace

void decode_list(std::string_view frame,
                 FixVersion,
                 SessionId session,
                 std::uint64_t fix_in_seq,
                 std::vector<Command>& out) {
    const ListHead list(frame);
    Command head;
    head.session = session;
    head.fix_in_seq = fix_in_seq;
    head.msg_type.assign_prefix(msg_type_of(frame));
    FieldReader reader(frame);
    Field field;
    bool more = find_orders(reader, field, head);
    out.clear();
    head.defect = list.defect();
    if (!head.defect.empty()) {
        head.cl_ord_id = list.list_id();
        out.push_back(head);
        return;
    }
    head.kind = CommandKind::NewOrder;
    head.request_id = list.list_id();
    head.list_size = static_cast<std::uint16_t>(list.orders());
    add_list_id(head);
    for (std::uint16_t index = 1; more && index <= head.list_size; ++index) {
        Command& order = out.emplace_back(head);
        order.list_index = index;
        order.flags |= index < head.list_size ? command_flag::kMoreFollow : std::uint16_t{0};
        take_one(reader, field, order);
    }
}

}  // namespace sluice::codec
