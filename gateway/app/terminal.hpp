// The person at the terminal: what they are told, asked and must not be shown.
#pragma once

#include <string>
#include <string_view>

namespace sluice::app {

bool stdin_is_terminal();
bool stdout_is_terminal();
void print(std::string_view text);        // standard output
void print_error(std::string_view text);  // standard error, a newline added

// For verbs that stop trading: the question, then the name must be typed. Throws CliFailure when
// another word is typed, or when nobody can be asked and `yes` was not given.
void confirm(const std::string& question, const std::string& name, bool yes);
// Asks without echo; without a terminal reads a line of standard input.
std::string ask_secret(const std::string& prompt);
// The first line of a file. Throws CliFailure.
std::string first_line_of(const std::string& path);
std::string whole_file(const std::string& path);
std::string whole_input();

}  // namespace sluice::app
