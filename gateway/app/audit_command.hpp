// `sluice audit search|tail|show|verify|export` and `sluice journal repair`: the journal, read from
// its files, with a running gateway or without one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/app/record_filter.hpp"
#include "gateway/app/row_writer.hpp"
#include "gateway/app/table.hpp"

namespace sluice::app {

struct SearchRequest {
    RecordFilter filter;
    bool trace = false;  // the whole chain of OrigClOrdID(41) of what was found
    RowFormat format = RowFormat::Table;
    std::vector<std::string> fields;
};
int search_journal(const std::string& journal_dir, const SearchRequest& request);

struct TailRequest {
    RecordFilter filter;
    RowFormat format = RowFormat::Table;
    std::vector<std::string> fields;
    std::size_t last = 10;  // rows shown of what is there already
    bool follow = false;    // goes on until interrupted
};
int tail_journal(const std::string& journal_dir, const TailRequest& request);

int show_record(const std::string& journal_dir, std::uint64_t seq, OutputFormat format);
// Every sum, number, time and seal. Exit code 10 when one is wrong.
int verify_journal(const std::string& journal_dir, OutputFormat format);
// After a refusal at start: gives up what is lost from record `seq` on, in the operator's name.
int repair_journal(const std::string& journal_dir,
                   std::uint64_t seq,
                   const std::string& operator_name);

}  // namespace sluice::app
