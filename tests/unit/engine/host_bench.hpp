// HostBench: one SessionHost at a table: the test is its peer, its journal and its core.
#pragma once

#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "gateway/domain/command.hpp"
#include "sessions/engine/raw_message.hpp"
#include "sessions/engine/session_host.hpp"
#include "tests/unit/engine/memory_log.hpp"
#include "tests/unit/source_dir.hpp"

namespace sluice::test {

inline std::string bars(std::string_view message) {
    std::string text(message);
    for (char& c : text) {
        c = c == '\x01' ? '|' : c;
    }
    return text;
}
inline std::string sohs(std::string_view text) {
    std::string message(text);
    for (char& c : message) {
        c = c == '|' ? '\x01' : c;
    }
    return message;
}
inline std::string utc_text(std::time_t shift_s = 0) {
    const std::time_t now = std::time(nullptr) + shift_s;
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    (void)std::strftime(text, sizeof text, "%Y%m%d-%H:%M:%S.000", &parts);
    return text;
}

class TestWire final : public engine::Wire {
public:
    bool send(std::string_view bytes, std::uint64_t journal_seq) override {
        sent.emplace_back(bytes);
        tags.push_back(journal_seq);
        return true;
    }
    std::size_t output_bytes() const override { return waiting; }
    void hang_up(std::string_view why) override { hung_up = why.empty() ? "?" : why; }

    std::vector<std::string> sent;
    std::vector<std::uint64_t> tags;
    std::string hung_up;  // empty: not
    std::size_t waiting = 0;
};

class HostBench final : public engine::HostOwner {
public:
    explicit HostBench(engine::HostSettings changes = {}) : settings(std::move(changes)) {
        if (settings.dictionaries.begin_string.empty()) {
            settings.dictionaries = {"FIX.4.4", source_dir() + "/fix_specs/FIX44.xml", "", "6"};
        }
        settings.our_comp_id = "GATE";
        settings.their_comp_id = "CLIENT";
        start();
    }

    // A new process: nothing is left but the journal.
    void start() {
        host.reset();
        wire = std::make_unique<TestWire>();
        engine::StoreIndex index(3);
        log.each([&](const journal::Frame& frame) { index.learn(frame); });
        in_flight.clear();
        host = std::make_unique<engine::SessionHost>(settings, dictionaries, log, clock,
                                                     std::move(index), *this);
    }
    void connect() {
        wire = std::make_unique<TestWire>();
        host->attach(*wire);
    }
    // "35=D|11=A1": header, body length and check sum are added.
    std::string message(std::uint32_t seq, std::string_view body, std::time_t shift_s = 0) const {
        std::string text(body);
        const auto cut = text.find('|');
        const std::string rest = cut == std::string::npos ? "" : text.substr(cut + 1);
        text = text.substr(0, cut) + "|34=" + std::to_string(seq) +
               "|49=CLIENT|52=" + utc_text(shift_s) + "|56=GATE|" + rest;
        if (text.back() != '|') {
            text += '|';
        }
        return engine::framed(settings.dictionaries.begin_string, sohs(text));
    }
    void client(std::uint32_t seq, std::string_view body) { host->receive(message(seq, body)); }
    void logon(std::uint32_t seq = 1, std::string_view more = "") {
        connect();
        client(seq, "35=A|98=0|108=30|" + std::string(more));
    }
    void order(std::uint32_t seq, std::string_view id) {
        client(seq, "35=D|11=" + std::string(id) + "|55=ACME|54=1|60=" + utc_text() +
                        "|38=100|40=2|44=10|");
    }
    // The core takes what is on its way: COMMAND records.
    void core_takes() {
        for (const Command& command : in_flight) {
            journal::RecordMeta meta;
            meta.type = journal::RecordType::Command;
            meta.session = 3;
            (void)log.append_value(meta, command);
            taken.push_back(command);
        }
        in_flight.clear();
        host->poll();
    }
    std::string last() const { return wire->sent.empty() ? "" : bars(wire->sent.back()); }
    std::string sent_field(std::size_t i, int tag) const {
        return std::string(engine::field_of(wire->sent.at(i), tag));
    }

    engine::ConsumedBy on_app(const Incoming& incoming) override {
        Command command;
        command.msg_seq_num = incoming.msg_seq_num;
        command.fix_in_seq = incoming.fix_in_seq;
        command.session = {3};
        command.cl_ord_id.assign_prefix(engine::field_of(incoming.message, 11));
        in_flight.push_back(command);
        return engine::ConsumedBy::Record;
    }
    engine::ConsumedBy on_session_reject(const Incoming&) override {
        return engine::ConsumedBy::Session;
    }
    void on_logged_on() override { ++logons; }
    void on_logged_out() override { ++logouts; }
    bool records_in_flight() const override { return !in_flight.empty(); }

    engine::HostSettings settings;
    MemoryLog log;
    engine::Dictionaries dictionaries;
    engine::SystemClock clock;
    std::vector<Command> in_flight;
    std::vector<Command> taken;
    int logons = 0;
    int logouts = 0;
    std::unique_ptr<TestWire> wire;
    std::unique_ptr<engine::SessionHost> host;
};

}  // namespace sluice::test
