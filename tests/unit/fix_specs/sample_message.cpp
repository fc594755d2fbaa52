#include "tests/unit/fix_specs/sample_message.hpp"

#include <algorithm>
#include <fstream>
#include <numeric>
#include <stdexcept>

#include "tests/unit/source_dir.hpp"

namespace sluice::test {
namespace {

std::string value_of(const std::string& text, const std::string& tag) {
    const auto at = text.find("|" + tag + "=");
    if (at == std::string::npos) {
        throw std::runtime_error("no " + tag + " in " + text);
    }
    const auto begin = at + tag.size() + 2;
    return text.substr(begin, text.find('|', begin) - begin);
}

SampleMessage read_line(const std::string& line) {
    const auto gap = line.find(' ');
    const auto begin = line.find_first_not_of(' ', gap);
    if (gap == std::string::npos || begin == std::string::npos) {
        throw std::runtime_error("not a sample: " + line);
    }
    const std::string expected = line.substr(0, gap);
    SampleMessage sample;
    sample.text = line;
    sample.wire = to_wire(line.substr(begin));
    sample.msg_type = value_of(line, "35");
    if (expected != "good") {
        if (!expected.starts_with("373=")) {
            throw std::runtime_error("neither good nor 373=: " + line);
        }
        sample.reject_reason = std::stoi(expected.substr(4));
    }
    return sample;
}

}  // namespace

std::string to_wire(std::string text) {
    if (text.back() != '|') {
        text.push_back('|');
    }
    std::replace(text.begin(), text.end(), '|', '\001');
    const auto body = text.find('\001') + 1;
    text.insert(body, "9=" + std::to_string(text.size() - body) + '\001');
    const unsigned sum = std::accumulate(text.begin(), text.end(), 0U, [](unsigned total, char c) {
        return total + static_cast<unsigned char>(c);
    });
    const std::string digits = std::to_string(sum % 256);
    return text + "10=" + std::string(3 - digits.size(), '0') + digits + '\001';
}

std::vector<SampleMessage> read_samples(const std::string& file) {
    std::ifstream in(source_dir() + "/tests/unit/fix_specs/messages/" + file);
    if (!in) {
        throw std::runtime_error("cannot open " + file);
    }
    std::vector<SampleMessage> samples;
    for (std::string line; std::getline(in, line);) {
        if (!line.empty() && line.front() != '#') {
            samples.push_back(read_line(line));
        }
    }
    return samples;
}

}  // namespace sluice::test
