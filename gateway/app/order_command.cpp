#include "gateway/app/order_command.hpp"

#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/admin/admin_client.hpp"
#include "gateway/app/cli_failure.hpp"
#include "gateway/app/order_history.hpp"
#include "gateway/app/row_writer.hpp"
#include "gateway/app/terminal.hpp"
#include "gateway/journal/segment_file.hpp"

namespace sluice::app {
namespace {

using Json = nlohmann::ordered_json;

std::string dash(const std::string& text) {
    return text.empty() ? "-" : text;
}

std::optional<Json> order_of(const GatewayCalls& gateway,
                             const std::string& id,
                             const std::string& session) {
    try {
        return gateway.get("/orders/" + percent_encoded(id), {{"session", session}});
    } catch (const CliFailure& failure) {
        if (failure.exit_code != kNotFound) {
            throw;
        }
        return std::nullopt;
    }
}

std::string headline(const Json& order) {
    const std::string price = cell(order, "price");
    return fmt::format("{}  {} {} {} {} {}   account {}   {} -> {}   {}\n", cell(order, "order"),
                       cell(order, "side"), cell(order, "qty"), cell(order, "symbol"),
                       price.empty() ? cell(order, "type") : "@" + price, cell(order, "tif"),
                       dash(cell(order, "account")), cell(order, "session"),
                       dash(cell(order, "venue")), cell(order, "status"));
}

std::string headline(const OrderHistory& history) {
    if (history.requests.empty()) {
        return history.order + "\n";
    }
    const JudgedRequest& first = history.requests.front();
    return fmt::format("{}   account {}   {}   {}\n", first.command_row.detail,
                       dash(first.command_row.account), first.command_row.session,
                       first.decision.accepted ? "accepted" : "Rejected");
}

void print_life(const OrderHistory& history, bool with_messages) {
    for (const RecordRow& row : history.rows) {
        print(fmt::format(" {}  {:<9} {:<60}  journal {}\n", clock_time(row.time_ns), row.event,
                          row.detail, row.seq));
    }
    if (with_messages) {
        for (const RecordRow& row : history.messages) {
            print(fmt::format(" {}  {:<9} {}  journal {}\n", clock_time(row.time_ns), row.event,
                              row_field(row, "raw", RowFormat::Table), row.seq));
        }
    }
}

Json life_json(const OrderHistory& history, bool with_messages) {
    Json life = Json::array();
    const auto add = [&life](const RecordRow& row) {
        Json record;
        for (const std::string& field : row_fields()) {
            const std::string value = row_field(row, field, RowFormat::Json);
            if (!value.empty()) {
                record[field] = value;
            }
        }
        life.push_back(std::move(record));
    };
    for (const RecordRow& row : history.rows) {
        add(row);
    }
    if (with_messages) {
        for (const RecordRow& row : history.messages) {
            add(row);
        }
    }
    return life;
}

}  // namespace

int list_orders(const GatewayCalls& gateway, const OrderListRequest& request, OutputFormat format) {
    const Json orders = gateway.get("/orders", {{"session", request.session},
                                                {"account", request.account},
                                                {"symbol", request.symbol},
                                                {"state", request.open_only ? "open" : "all"},
                                                {"limit", std::to_string(request.limit)},
                                                {"after", request.after}});
    if (format == OutputFormat::Json) {
        print(orders.dump(2) + "\n");
        return kOk;
    }
    Table table({{"order", "ORDER"},
                 {"session", "SESSION"},
                 {"cl_ord_id", "CLORDID"},
                 {"account", "ACCOUNT"},
                 {"side", "SIDE"},
                 {"qty", "QTY", true},
                 {"symbol", "SYMBOL"},
                 {"price", "PRICE", true},
                 {"status", "STATUS"},
                 {"cum", "CUM", true},
                 {"leaves", "LEAVES", true},
                 {"avg", "AVG", true},
                 {"venue", "VENUE"}});
    for (const Json& order : orders) {
        std::vector<std::string> cells;
        for (const char* key : {"order", "session", "cl_ord_id", "account", "side", "qty", "symbol",
                                "price", "status", "cum", "leaves", "avg", "venue"}) {
            cells.push_back(dash(cell(order, key)));
        }
        table.add(std::move(cells));
    }
    print(table.text());
    if (orders.size() == request.limit && request.limit != 0) {
        print_error(fmt::format("{} orders shown; more with: sluice order list --after {}",
                                orders.size(), cell(orders.back(), "order")));
    }
    return kOk;
}

int show_order(const GatewayCalls& gateway,
               const std::string& id,
               const std::string& session,
               bool with_messages,
               OutputFormat format) {
    const auto order = order_of(gateway, id, session);
    const std::string named = cell(gateway.get("/status").at("journal"), "directory");
    const std::string dir = named.empty() ? gateway.place().journal() : named;
    const bool readable = !journal::list_segments(dir, "").empty();
    OrderHistory history;
    if (readable) {
        history = read_history(dir, order ? cell(*order, "order") : id, session);
    }
    if (!order && !history.found()) {
        throw CliFailure{kNotFound, fmt::format("no order or request '{}'", id),
                         "sluice order list"};
    }
    if (format == OutputFormat::Json) {
        Json object = order ? *order : Json::object();
        object["life"] = life_json(history, with_messages);
        print(object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
        return kOk;
    }
    print(order ? headline(*order) : headline(history));
    if (order) {
        print(fmt::format(" cum {}   leaves {}   avg {}   ClOrdID(11) {}\n", cell(*order, "cum"),
                          cell(*order, "leaves"), dash(cell(*order, "avg")),
                          cell(*order, "cl_ord_id")));
    }
    print_life(history, with_messages);
    if (!readable) {
        print_error(fmt::format("no journal can be read in {}, so its life is not shown", dir));
    }
    return kOk;
}

int cancel_order(const GatewayCalls& gateway,
                 const std::string& id,
                 const std::string& session,
                 const std::string& reason) {
    const Json answer = gateway.post("/orders/" + percent_encoded(id) + "/cancel",
                                     {{"session", session}, {"reason", reason}});
    print(fmt::format("{}: {}   journal {}\n", id, cell(answer, "text"), cell(answer, "seq")));
    return kOk;
}

int resolve_order(const GatewayCalls& gateway, const Resolution& resolution) {
    Json body{
        {"session", resolution.session}, {"as", resolution.as}, {"reason", resolution.reason}};
    if (!resolution.fill.empty()) {
        const auto at = resolution.fill.find('@');
        if (resolution.as != "filled" || at == std::string::npos) {
            throw CliFailure{kUsage, "QTY@PRICE goes with --as filled, such as 40@187.5", {}};
        }
        body["qty"] = resolution.fill.substr(0, at);
        body["price"] = resolution.fill.substr(at + 1);
    } else if (resolution.as == "filled") {
        throw CliFailure{kUsage, "--as filled needs what was filled: QTY@PRICE", {}};
    }
    if (!resolution.yes) {
        const auto order = order_of(gateway, resolution.id, resolution.session);
        if (!order) {
            throw CliFailure{kNotFound, fmt::format("no order '{}'", resolution.id),
                             "sluice order list --open"};
        }
        confirm(headline(*order) +
                    "This is booked as if the venue had said it, and the client is "
                    "told.",
                resolution.id, false);
    }
    const Json answer =
        gateway.post("/orders/" + percent_encoded(resolution.id) + "/resolve", body);
    print(fmt::format("{} resolved as {}   journal {}\n", resolution.id, resolution.as,
                      cell(answer, "seq")));
    return kOk;
}

}  // namespace sluice::app
