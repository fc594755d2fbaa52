// Conversations as people write them: what a client asks, what it is told, what a venue is asked
// and says, line by line. One text serves the tests of the core, the certification over real
// sockets, and a client that is to be certified. FIX 4.4 words; cert_words.hpp translates them.
//
//   # title                the first comment line
//   C> message             the client asks             C< message   the client's next report
//   V> message             the venue's next request    V< message   the venue says
//   L< message             the next report to a session that listens (! drop_copy)
//   A> words               venue up|down, client on|off, listener on|off, restart, day-roll, limit
//                          account ID KEY VALUE, kill|kill-cancel|resume firm, cancel X, resolve X
//                          canceled|rejected|working, resolve X filled QTY@PX
//   A< alerts N            so often since the last start a person was to be called
//   ! pending_reports      Pending New, Cancel and Replace are reported
//   ! max_pending_replaces N
//   ! cancel_on_disconnect, ! hold, ! drop_copy
//   ! reconcile WAY        status, mass_status, poss_resend, flag: how what the venue left
//                          unanswered is cleared up when it is back
//   ! versions 4.4 5.0SP2  the versions that have these messages; without it: all
//
// A message is "35=8|11=X|150=0"; only the fields that it lists are compared. "tag=-" means: must
// be absent. "tag=@NAME" gives a value that is not known before a name, and the same name later
// means the same value, also in what the client says. `why` is the stable code of a refusal. In V
// lines 11 is the client's request that is meant, KILL1, KILL2 are our own cancels, "?NAME" is none
// of ours.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/domain/fix_enums.hpp"
#include "gateway/domain/result.hpp"

namespace sluice::client {

// Fields in their order.
class Words {
public:
    Words() = default;
    explicit Words(std::string_view text);

    bool has(std::string_view tag) const;
    std::string get(std::string_view tag) const;  // empty when absent
    void set(std::string_view tag, std::string_view value);
    void drop(std::string_view tag);
    std::string text() const;
    const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

struct ScenarioLine {
    enum class Kind : std::uint8_t {
        ClientSays,
        ClientHears,
        VenueHears,
        VenueSays,
        ListenerHears,
        Operator,
        OperatorSees,
    };
    Kind kind = Kind::Operator;
    unsigned number = 0;  // in the text, from 1
    std::string text;     // behind the mark, without the comment
};

struct Scenario {
    std::string name;   // of the file, without ".fix"
    std::string title;  // without "#"
    bool pending_reports = false;
    unsigned max_pending_replaces = 1;
    bool cancel_on_disconnect = false;
    bool hold = false;
    bool drop_copy = false;
    std::string reconcile;             // empty: not said
    std::vector<FixVersion> versions;  // empty: all
    std::vector<ScenarioLine> lines;

    bool is_for(FixVersion version) const;
    // Whether a line tells the operator to do something that begins so: "venue down".
    bool asks_operator(std::string_view beginning) const;
};

// The error names the line.
Result<Scenario, std::string> parse_scenario(std::string_view name, std::string_view text);
std::vector<std::string> split_words(std::string_view text);

// What a message says under a tag; nothing when it does not have it.
using Said = std::function<std::optional<std::string>(const std::string& tag)>;

// The values that "@NAME" stands for, in one playing of one scenario.
class ScenarioNames {
public:
    // Empty when the message says what is listed, else the first difference: "39 is 1, not 2".
    std::string difference(const Words& listed, const Said& said);
    // The line with the values in place of the names that are known.
    Words filled(const Words& line) const;

private:
    std::map<std::string, std::string> values_;
};

}  // namespace sluice::client
