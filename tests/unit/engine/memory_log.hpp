// MemoryLog: a journal in memory for tests of the FIX side. Everything is released at once unless a
// test holds the gate; fail() is a disk that takes no more.
#pragma once

#include <cstring>
#include <deque>
#include <vector>

#include "gateway/journal/log.hpp"

namespace sluice::test {

class MemoryLog final : public journal::LogWriter {
public:
    struct Record {
        journal::RecordMeta meta;
        std::vector<std::byte> payload;
    };

    journal::Appended append_parts(const journal::RecordMeta& meta,
                                   std::span<const std::span<const std::byte>> parts) override {
        if (failed_) {
            return {};
        }
        Record record{meta, {}};
        for (const auto part : parts) {
            record.payload.insert(record.payload.end(), part.begin(), part.end());
        }
        records_.push_back(std::move(record));
        return {records_.size(), {records_.size()}};
    }
    void end_of_batch() override {}
    std::uint64_t written() const override { return records_.size(); }
    std::uint64_t durable() const override { return records_.size(); }
    std::uint64_t released() const override { return held_ ? held_at_ : records_.size(); }
    bool failed() const override { return failed_; }
    std::optional<journal::Frame> view(journal::Position position) override {
        if (position.value == 0 || position.value > records_.size()) {
            return std::nullopt;
        }
        return frame(position.value);
    }

    journal::Frame frame(std::uint64_t seq) const {
        journal::Frame frame;
        const Record& record = records_[seq - 1];
        frame.meta = record.meta;
        frame.seq = seq;
        frame.position = {seq};
        frame.payload = record.payload;
        return frame;
    }
    std::size_t size() const { return records_.size(); }
    void truncate(std::size_t size) { records_.resize(size); }  // what a kill -9 left
    void fail() { failed_ = true; }
    void hold_gate() { held_at_ = records_.size(), held_ = true; }
    void open_gate() { held_ = false; }
    template <class Call>
    void each(Call&& call) const {
        for (std::uint64_t seq = 1; seq <= records_.size(); ++seq) {
            call(frame(seq));
        }
    }
    std::size_t count(journal::RecordType type) const {
        std::size_t n = 0;
        each([&](const journal::Frame& f) { n += f.meta.type == type ? 1 : 0; });
        return n;
    }

private:
    std::deque<Record> records_;
    std::uint64_t held_at_ = 0;
    bool held_ = false;
    bool failed_ = false;
};

}  // namespace sluice::test
