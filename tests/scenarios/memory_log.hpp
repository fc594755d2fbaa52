// A journal in memory, both sides of the seam, for tests of the whole house.
#pragma once

#include <cstring>
#include <vector>

#include "gateway/journal/log.hpp"

namespace sluice::test {

struct MemoryRecord {
    journal::RecordMeta meta;
    std::uint64_t seq = 0;
    std::vector<std::byte> payload;
};

class MemoryLog final : public journal::LogWriter {
public:
    journal::Appended append_parts(const journal::RecordMeta& meta,
                                   std::span<const std::span<const std::byte>> parts) override {
        if (failed_) {
            return {};
        }
        MemoryRecord& record = records.emplace_back();
        record.meta = meta;
        record.seq = records.size();
        for (const auto part : parts) {
            record.payload.insert(record.payload.end(), part.begin(), part.end());
        }
        return {record.seq, {record.seq}};
    }
    void end_of_batch() override {}
    std::uint64_t written() const override { return records.size(); }
    std::uint64_t durable() const override { return records.size(); }
    std::uint64_t released() const override { return records.size(); }
    bool failed() const override { return failed_; }
    std::optional<journal::Frame> view(journal::Position position) override {
        return position.value == 0 || position.value > records.size()
                   ? std::nullopt
                   : std::optional(frame(position.value - 1));
    }
    journal::Frame frame(std::size_t index) const {
        const auto& record = records[index];
        journal::Frame frame;
        frame.meta = record.meta;
        frame.seq = record.seq;
        frame.position = {record.seq};
        frame.payload = record.payload;
        return frame;
    }
    void fail() { failed_ = true; }
    std::size_t count(journal::RecordType type) const {
        std::size_t n = 0;
        for (const auto& record : records) {
            n += record.meta.type == type ? 1U : 0U;
        }
        return n;
    }

    std::vector<MemoryRecord> records;

private:
    bool failed_ = false;
};

class MemoryLogReader final : public journal::LogReader {
public:
    explicit MemoryLogReader(const MemoryLog& log) : log_(log) {}
    std::optional<journal::Frame> next() override {
        return at_ < log_.records.size() ? std::optional(log_.frame(at_++)) : std::nullopt;
    }

private:
    const MemoryLog& log_;
    std::size_t at_ = 0;
};

}  // namespace sluice::test
