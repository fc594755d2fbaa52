// Conversations in plain text between clients and the acceptor, played over real sockets.
//
//   # a comment                          one line, one step; | stands for SOH
//   connect          C2 connect          a client connects; without a number it is client 1
//   C> 35=A|34=1|98=0|108=30             the client says; 8, 9, 49, 52, 56, 10 are added
//   C! 8=FIX.4.4|9=5|...                 the client says exactly this
//   C< 35=A|34=1                         the client hears, with at least these fields
//   C< closed                            the client finds the connection closed
//   drop                                 the client closes the connection
//
// read_def() reads the acceptance definitions of QuickFIX, where I and E lines are whole messages.
#pragma once

#include <string>
#include <vector>

namespace sluice::test {

class SessionHouse;

struct Step {
    enum class Kind { Connect, Drop, Say, SayRaw, Hear, HearExactly, HearClosed };
    Kind kind = Kind::Say;
    int client = 1;
    std::string text;  // with bars
    int line = 0;
};

using Conversation = std::vector<Step>;

Conversation read_conversation(const std::string& path);
Conversation read_def(const std::string& path);

// What went wrong and in which line; empty when the conversation went as written. All that the
// clients heard is added to `heard`, when given.
std::string play(SessionHouse& house,
                 const Conversation& conversation,
                 const std::string& version,
                 std::vector<std::string>* heard = nullptr);

}  // namespace sluice::test
