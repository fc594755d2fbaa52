// sluice cert: the order scenarios as a certification. Exit code 10 when a play fails.
#pragma once

#include <cstdint>
#include <string>

#include "gateway/app/table.hpp"

namespace sluice::app {

struct CertOptions {
    bool self_test = false;
    bool client = false;
    std::string target;          // HOST:PORT of a gateway of any make
    std::string venue = "both";  // --self-test: sim, fix or both
    std::string version;         // 4.2, 4.4 or 5.0SP2; empty: all with self_test, else 4.4
    std::string scenario;        // empty: all
    std::string report;          // file
    unsigned jobs = 4;           // --self-test: plays at one time
    std::uint16_t port = 0;      // --client: where to listen; 0: a free port
    bool any_address = false;
    unsigned patience = 120;  // --client: seconds for each step
    std::string sender = "CERT";
    std::string target_comp = "SLUICE";
    std::string sequence_file;  // --target; empty: each Logon(A) resets the numbers
    std::uint16_t venue_port = 0;
    bool pending_reports = false;  // --target sends them
    std::string symbol;
    std::string account;
};

int list_cert(OutputFormat format);
int run_cert(const CertOptions& options);

}  // namespace sluice::app
