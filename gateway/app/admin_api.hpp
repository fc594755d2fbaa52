// What the admin API's calls do (docs/admin_api.md). Runs on the admin thread: views are taken on
// the hot thread in bounded slices (HotCalls), changes are inputs of the core (AdminInputs) and
// stand in the journal with the caller's name.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "gateway/admin/admin_server.hpp"
#include "gateway/app/admin_inputs.hpp"
#include "gateway/app/hot_calls.hpp"
#include "gateway/core/core.hpp"

namespace sluice::app {

// A FIX session as an operator sees it, whichever side it is on.
struct SessionView {
    std::string id;
    std::string version;
    std::string begin_string;
    std::string sender_comp_id;  // ours
    std::string target_comp_id;  // theirs
    std::string role;            // "acceptor", "venue"
    std::string state;           // "logged on", "logged out", "disabled"
    std::string address;         // of the peer, empty when not connected
    std::string last_event;
    unsigned next_in = 1;
    unsigned next_out = 1;
    std::uint64_t messages_in = 0;
    std::uint64_t messages_out = 0;
};

struct VenueView {
    std::string id;
    std::string type;
    std::string state;
    std::uint64_t requests = 0;
    std::uint64_t events = 0;
};

struct JournalView {
    std::uint64_t written = 0;
    std::uint64_t durable = 0;
    std::uint64_t commits = 0;
    std::uint64_t stalls = 0;
    bool failed = false;
    bool disk_low = false;
    std::string durability;
    std::string directory;
};

struct Outcome {
    int exit_code = 0;  // 0: done
    std::string text;   // what was done, or why not
};

// What a manual venue was asked.
struct AskedView {
    std::uint64_t number = 0;
    std::string text;  // "35=D|11=G3-17|..."
};
struct AskedViews {
    Outcome outcome;
    std::vector<AskedView> requests;
};

// What the API needs of the house beside the core; all but start facts are called on the hot
// thread.
struct HouseViews {
    std::function<std::vector<SessionView>()> sessions;
    std::function<Outcome(const std::string& id, const std::string& text)> logout;
    std::function<Outcome(const std::string& id, bool enabled)> enable;
    std::function<Outcome(const std::string& id, unsigned next_in, unsigned next_out)> reset;
    std::function<std::vector<VenueView>()> venues;
    // Makes a manual venue say something.
    std::function<Outcome(const std::string& venue, const std::string& text)> say;
    // A page of what a manual venue was asked after that number.
    std::function<AskedViews(const std::string& venue, std::uint64_t after)> asked;
    std::function<JournalView()> journal;
    std::function<std::vector<std::pair<std::string, std::uint64_t>>()> metrics;
    // Start facts.
    std::string version;
    std::string instance;
    std::uint64_t epoch = 0;
    std::int64_t started_ns = 0;
    std::string address;  // of the first listener, "127.0.0.1:9876"
};

class AdminApi {
public:
    AdminApi(const Core& core, HotCalls& calls, AdminInputs& inputs, HouseViews views)
        : core_(core), calls_(calls), inputs_(inputs), views_(std::move(views)) {}

    AdminResponse handle(const AdminRequest& request);

private:
    AdminResponse status();
    AdminResponse sessions(const AdminRequest& request, const std::vector<std::string>& path);
    AdminResponse orders(const AdminRequest& request);
    AdminResponse order(const AdminRequest& request, const std::string& id);
    AdminResponse act_on_order(const AdminRequest& request,
                               const std::string& id,
                               const std::string& verb);
    AdminResponse risk(const AdminRequest& request);
    AdminResponse set_limit(const AdminRequest& request);
    AdminResponse kill(const AdminRequest& request, bool resume);
    AdminResponse reference(const AdminRequest& request);
    AdminResponse day_roll(const AdminRequest& request);
    // admin_risk_api.cpp
    AdminResponse approve(const AdminRequest& request);
    AdminResponse rearm(const AdminRequest& request);
    AdminResponse accept_config(const AdminRequest& request);
    AdminResponse set_phase(const AdminRequest& request);
    AdminResponse set_status(const AdminRequest& request);
    AdminResponse set_rate(const AdminRequest& request);
    AdminResponse load_position(const AdminRequest& request);
    AdminResponse add_override(const AdminRequest& request);
    // Submits a change; one that a second person has to agree to waits for approve().
    AdminResponse submit_or_keep(const Event& event);
    AdminResponse venues();
    AdminResponse say(const AdminRequest& request, const std::string& venue);
    AdminResponse asked(const AdminRequest& request, const std::string& venue);
    AdminResponse metrics();

    const Core& core_;
    HotCalls& calls_;
    AdminInputs& inputs_;
    HouseViews views_;

    // Refused for want of an approver. Kept by the process: after a restart it is asked for again.
    struct Pending {
        std::uint64_t number = 0;
        std::string who;
        Event change;
    };
    std::vector<Pending> pending_;
    std::uint64_t last_pending_ = 0;
};

}  // namespace sluice::app
