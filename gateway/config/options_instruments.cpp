// Rows of instruments and of what all instruments start from.
#include "gateway/config/option.hpp"

namespace sluice::config {
namespace {

using InstrumentOf = std::function<InstrumentConfig&(Scope&)>;

// Adds rows for one of the two places. Only instrument_defaults has fallbacks: an instrument starts
// as a copy of it.
class Rows {
public:
    Rows(Table& table, std::string path, InstrumentOf instrument, bool defaults)
        : table_(table),
          path_(std::move(path)),
          instrument_(std::move(instrument)),
          defaults_(defaults) {}

    Option& add(const char* key, Type type, const char* help, const char* fallback = nullptr) {
        Option& row = table_.options.emplace_back();
        row.path = path_ + key;
        row.type = type;
        row.help = help;
        row.part = Part::Core;
        if (defaults_ && fallback != nullptr) {
            row.fallback = fallback;
        }
        return row;
    }
    template <class F>
    void bind(Option& row, F field) {
        row.bind = [instrument = instrument_, field](Scope& s) -> Target {
            return field(instrument(s));
        };
    }
    void bind_limit(Option& row, LimitKey key) {
        bind(row, [key](InstrumentConfig& i) { return &i.limits[key]; });
    }

private:
    Table& table_;
    std::string path_;
    InstrumentOf instrument_;
    bool defaults_;
};

void add_money(Rows& rows) {
    rows.bind(rows.add("currency", Type::Currency, "Currency of its prices."),
              [](InstrumentConfig& i) { return &i.currency; });
    Option& tick = rows.add("tick", Type::Decimal, "Prices are multiples of it.", "0.01");
    tick.min = 1;
    rows.bind(tick, [](InstrumentConfig& i) { return &i.tick; });
    Option& lot = rows.add("lot", Type::Decimal, "Quantities are multiples of it.", "1");
    lot.min = 1;
    rows.bind(lot, [](InstrumentConfig& i) { return &i.lot; });
    Option& multiplier =
        rows.add("multiplier", Type::Decimal, "Money of one unit at a price of 1.", "1");
    multiplier.min = 1;
    rows.bind(multiplier, [](InstrumentConfig& i) { return &i.multiplier; });
    rows.bind(rows.add("allow_negative", Type::Bool, "Prices may be zero or below.", "false"),
              [](InstrumentConfig& i) { return &i.allow_negative; });
    Option& floor = rows.add("notional_px_floor", Type::Decimal,
                             "Limits of money count at least this price; required with "
                             "allow_negative.");
    floor.min = 0;
    rows.bind(floor, [](InstrumentConfig& i) { return &i.notional_px_floor; });
}

void add_reference(Rows& rows) {
    rows.bind_limit(rows.add("max_ref_age", Type::LimitInterval,
                             "A quote or last price that is older is no reference. Limit "
                             "max_ref_age_ms.",
                             "5s"),
                    LimitKey::MaxRefAgeMs);
    rows.bind(
        rows.add("allow_close", Type::Bool,
                 "The close is the reference when there is no fresh quote or last price.", "false"),
        [](InstrumentConfig& i) { return &i.allow_close; });
    rows.bind(rows.add("close", Type::Decimal, "Closing price of the day before."),
              [](InstrumentConfig& i) {
                  return OptionalDecimal{&i.close, &i.has_close};
              });
    Option& buffer =
        rows.add("market_buffer_bps", Type::Limit,
                 "A market order is valued so many 1/10,000 above the reference.", "500");
    buffer.min = 0;
    rows.bind_limit(buffer, LimitKey::MarketBufferBps);
    Option& short_sale =
        rows.add("short_sale", Type::Word,
                 "no_rules: Side(54) 5 and 6 are sells like any other. permitted: a sell has to be "
                 "covered by the position, a short sale by locate_pool and by LocateReqd(114)=N or "
                 "a LocateID(5700). above_bid: moreover Side(54)=5 only at a limit above the bid. "
                 "forbidden: no short sales.",
                 "no_rules");
    short_sale.words = {"no_rules", "permitted", "above_bid", "forbidden"};
    rows.bind(short_sale, [](InstrumentConfig& i) {
        return WordRef{reinterpret_cast<std::uint8_t*>(&i.short_sale)};
    });
    rows.bind(rows.add("market", Type::Name, "Market whose hours hold."),
              [](InstrumentConfig& i) { return &i.market; });
    Option& status =
        rows.add("status", Type::Word, "Orders are refused unless it is active.", "active");
    status.words = {"active", "halted", "suspended", "expired"};
    rows.bind(status, [](InstrumentConfig& i) {
        return WordRef{reinterpret_cast<std::uint8_t*>(&i.status)};
    });
}

void add_collar(Rows& rows) {
    const auto limit = [&rows](const char* key, LimitKey which, const char* help) {
        Option& row = rows.add(key, Type::Limit, help);
        row.min = 0;
        rows.bind_limit(row, which);
    };
    limit("collar.bps", LimitKey::CollarBps, "In 1/10,000 of the reference. Limit collar_bps.");
    limit("collar.ticks", LimitKey::CollarTicks, "In ticks. Limit collar_ticks.");
    limit("collar.abs", LimitKey::CollarAbs, "In units of price. Limit collar_abs.");
    rows.bind(rows.add("collar.passive", Type::Bool,
                       "Also refuse prices that are too far on the passive side.", "false"),
              [](InstrumentConfig& i) { return &i.collar_passive; });
}

void add_rows(Table& table,
              const std::string& path,
              const InstrumentOf& instrument,
              bool defaults) {
    table.sections.push_back({.path = path + "collar",
                              .help = "How far a price may be from the reference; the widest of "
                                      "the bands counts. One of them is required.",
                              .part = Part::Core});
    Rows rows(table, path, instrument, defaults);
    add_money(rows);
    add_reference(rows);
    add_collar(rows);
    add_limit_options(table, path,
                      [instrument](Scope& s) -> Limits& { return instrument(s).limits; });
    add_locate_option(table, path,
                      [instrument](Scope& s) -> Limits& { return instrument(s).limits; });
    add_type_options(table, path,
                     [instrument](Scope& s) -> PermittedTypes& { return instrument(s).types; });
}

}  // namespace

void add_instrument_options(Table& table) {
    table.sections.push_back(
        {.path = "instrument_defaults", .help = "What each instrument starts from."});
    add_rows(
        table, "instrument_defaults.",
        [](Scope& s) -> InstrumentConfig& { return *s.instrument_defaults; }, true);
    const InstrumentOf item = [](Scope& s) -> InstrumentConfig& {
        return s.config->core.instruments[s.at[0]];
    };
    table.sections.push_back(
        {.path = "instruments[]",
         .help = "What can be traded. Keys as in instrument_defaults.",
         .part = Part::Core,
         .size = [](Scope& s) { return s.config->core.instruments.size(); },
         .append = [](Scope& s) { s.config->core.instruments.push_back(*s.instrument_defaults); }});
    Option& symbol = table.options.emplace_back();
    symbol.path = "instruments[].symbol";
    symbol.type = Type::Symbol;
    symbol.bind = [item](Scope& s) -> Target { return &item(s).symbol; };
    symbol.help = "Symbol(55).";
    symbol.need = Need::Required;
    symbol.part = Part::Core;
    add_rows(table, "instruments[].", item, false);
}

}  // namespace sluice::config
