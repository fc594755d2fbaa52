// Power cuts in simulation: every sector of 512 bytes that was not synced is independently old, new
// or garbage, and the mark is lost now and then. The rule must never refuse such a journal and
// never lose a record that was durable; rot in what was durable must be refused.
#include <random>

#include "gateway/journal/durable_mark.hpp"
#include "tests/unit/journal/test_journal.hpp"

using namespace sluice::journal;
using namespace sluice::journal::test;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kSector = 512;
using Random = std::mt19937;
using Image = std::vector<std::pair<std::string, std::vector<char>>>;  // file name, content

std::size_t below(Random& random, std::size_t n) {
    return random() % n;
}

Image take_image(const std::string& dir) {
    Image image;
    for (const SegmentName& name : list_segments(dir, "t1")) {
        image.emplace_back(fs::path(name.path).filename(), read_file(name.path));
    }
    image.emplace_back("durable.mark", read_file(dir + "/durable.mark"));
    return image;
}

const std::vector<char>* find(const Image& image, const std::string& name) {
    for (const auto& [known, content] : image) {
        if (known == name) {
            return &content;
        }
    }
    return nullptr;
}

void mix_sectors(Random& random, const std::vector<char>* old, std::vector<char>& now) {
    for (std::size_t at = 0; at + kSector <= now.size(); at += kSector) {
        std::vector<char> before(kSector, 0);
        if (old != nullptr && at + kSector <= old->size()) {
            std::copy_n(old->begin() + static_cast<std::ptrdiff_t>(at), kSector, before.begin());
        }
        const auto here = now.begin() + static_cast<std::ptrdiff_t>(at);
        if (std::equal(before.begin(), before.end(), here)) {
            continue;
        }
        switch (below(random, 3)) {
            case 0:
                std::copy(before.begin(), before.end(), here);
                break;
            case 1:
                std::generate_n(here, kSector, [&] { return static_cast<char>(random()); });
                break;
            default:
                break;
        }
    }
}

struct Scene {
    Image durable;  // what the disk has for certain
    Image written;  // what the page cache has
    std::uint64_t durable_seq = 0;
    std::vector<std::pair<std::uint64_t, std::string>> records;  // number, payload
};

// A journal with committed records and some more that are not, stopped in the middle.
Scene play(Random& random) {
    TempDir dir;
    NoSyncDisk disk;
    auto options = journal_options();
    options.disk = &disk;
    Scene scene;
    auto journal = open_journal(dir.path(), options);
    const auto add = [&](std::size_t count, std::size_t size_max) {
        for (std::size_t i = 0; i < count; ++i) {
            const std::string payload(below(random, size_max), static_cast<char>('a' + i % 26));
            scene.records.emplace_back(put(*journal, payload).seq, payload);
        }
    };
    for (std::size_t batch = 0; batch < 3 + below(random, 6); ++batch) {
        add(1 + below(random, 12), below(random, 8) == 0 ? 60'000 : 700);
        sync(*journal);
    }
    scene.durable_seq = journal->durable();
    scene.durable = take_image(dir.path());
    const bool rotates = below(random, 4) == 0;
    add(1 + below(random, 25), rotates ? 100'000 : 900);
    if (!rotates && below(random, 2) == 0) {
        journal->end_of_batch();  // the fill of the commit; its sync is what the power cut stops
    }
    scene.written = take_image(dir.path());
    return scene;
}

void write_image(const std::string& dir, const Image& image) {
    for (const auto& entry : fs::directory_iterator(dir)) {
        fs::remove_all(entry.path());
    }
    for (const auto& [name, content] : image) {
        write_file(dir + "/" + name, content);
    }
}

Image crash(Random& random, const Scene& scene, bool mark_lost) {
    Image image = scene.written;
    const std::size_t kind = below(random, 6);
    for (auto& [name, content] : image) {
        if (name == "durable.mark") {
            content = *find(scene.durable, name);
            if (mark_lost) {
                std::fill(content.begin(), content.end(), char{0});
            }
        } else if (kind == 0) {  // all of it had just come out
        } else if (const auto* old = find(scene.durable, name); kind == 1) {  // nothing had
            content = old != nullptr ? *old : std::vector<char>(content.size(), 0);
        } else {
            mix_sectors(random, old, content);
        }
    }
    return image;
}

// What is there is a beginning of what was written; how many of the durable ones are missing.
std::size_t missing(const std::string& dir, const Scene& scene) {
    std::size_t read = 0;
    JournalReader reader({.dir = dir, .instance = "t1"});
    while (const auto frame = reader.next()) {
        if (frame->meta.type != RecordType::FixIn) {
            continue;
        }
        REQUIRE(read < scene.records.size());
        REQUIRE(frame->seq == scene.records[read].first);
        REQUIRE(text(*frame) == scene.records[read].second);
        ++read;
    }
    std::size_t owed = 0;
    for (const auto& [seq, payload] : scene.records) {
        owed += seq <= scene.durable_seq ? 1 : 0;
    }
    return owed > read ? owed - read : 0;
}

RecoveryOptions simulated(const std::string& dir, Disk& disk) {
    auto options = recovery_options(dir);
    options.disk = &disk;
    return options;
}

}  // namespace

TEST_CASE("a power cut is never refused and never costs a durable record", "[power cut]") {
    Random random(20'261'124);
    NoSyncDisk disk;
    TempDir dir;
    unsigned torn = 0;
    unsigned clean = 0;
    for (int round = 0; round < 40; ++round) {
        const Scene scene = play(random);
        for (int variant = 0; variant < 15; ++variant) {
            write_image(dir.path(), crash(random, scene, below(random, 10) == 0));
            const auto recovered = recover(simulated(dir.path(), disk));
            if (!recovered) {
                FAIL(round << "/" << variant << ": " << recovered.error().message);
            }
            REQUIRE(missing(dir.path(), scene) == 0);
            ++(recovered.value().torn_bytes > 0 ? torn : clean);
        }
    }
    CHECK(torn > 100);
    CHECK(clean > 10);
}

TEST_CASE("a second power cut right after a recovery is no different", "[power cut]") {
    Random random(5);
    NoSyncDisk disk;
    TempDir dir;
    for (int round = 0; round < 60; ++round) {
        const Scene scene = play(random);
        const Image first = crash(random, scene, false);
        write_image(dir.path(), first);
        REQUIRE(recover(simulated(dir.path(), disk)).ok());
        Scene again = scene;
        again.written = take_image(dir.path());
        // The recovery's own writes are torn; the files' names it had changed are on the disk.
        for (auto& [name, content] : again.written) {
            if (name == "durable.mark") {
                content = *find(first, name);
            } else if (const auto* old = find(first, name)) {
                mix_sectors(random, old, content);
            }
        }
        write_image(dir.path(), again.written);
        const auto recovered = recover(simulated(dir.path(), disk));
        if (!recovered) {
            FAIL(recovered.error().message);
        }
        REQUIRE(missing(dir.path(), scene) == 0);
    }
}

TEST_CASE("one rotten bit among the durable records is refused, unless nothing proves it",
          "[power cut]") {
    Random random(77);
    NoSyncDisk disk;
    TempDir dir;
    unsigned refused = 0;
    unsigned unproven = 0;
    for (int round = 0; round < 40; ++round) {
        const Scene scene = play(random);
        for (int variant = 0; variant < 10; ++variant) {
            const bool mark_lost = below(random, 10) == 0;
            Image image = crash(random, scene, mark_lost);
            const auto& [name, old] = scene.durable.front();
            std::size_t used = old.size();
            while (old[used - 1] == 0) {
                --used;
            }
            auto& content = image.front().second;
            REQUIRE(image.front().first == name);
            const std::size_t at = below(random, used);
            content[at] = static_cast<char>(content[at] ^ (1 << below(random, 8)));
            write_image(dir.path(), image);
            const auto recovered = recover(simulated(dir.path(), disk));
            if (!recovered) {
                ++refused;
            } else if (missing(dir.path(), scene) > 0) {
                ++unproven;
                INFO("a durable record went without a word though the mark was there");
                REQUIRE(mark_lost);
            }
        }
    }
    CHECK(refused > 300);
    CHECK(unproven < 40);
}
