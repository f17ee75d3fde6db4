// A 4-ary heap of (key, node, place), smallest key first. Its memory is kept between searches.
#pragma once

#include <cstdint>
#include <vector>

namespace hezhi::dispatch {

class SearchHeap {
  public:
    struct Entry {
        std::int64_t key;
        std::uint32_t node;
        std::uint32_t place;  // what the node means to the search
    };

    bool empty() const { return entries_.empty(); }
    void clear() { entries_.clear(); }
    const Entry& top() const { return entries_.front(); }

    void push(Entry entry) {
        auto at = entries_.size();
        entries_.push_back(entry);
        while (at > 0) {
            auto up = (at - 1) / 4;
            if (entries_[up].key <= entry.key) break;
            entries_[at] = entries_[up];
            at = up;
        }
        entries_[at] = entry;
    }

    void pop() {
        Entry last = entries_.back();
        entries_.pop_back();
        if (entries_.empty()) return;
        std::size_t at = 0;
        for (;;) {
            auto first = at * 4 + 1;
            if (first >= entries_.size()) break;
            auto least = first;
            auto end = first + 4 < entries_.size() ? first + 4 : entries_.size();
            for (auto child = first + 1; child < end; ++child) {
                if (entries_[child].key < entries_[least].key) least = child;
            }
            if (entries_[least].key >= last.key) break;
            entries_[at] = entries_[least];
            at = least;
        }
        entries_[at] = last;
    }

  private:
    std::vector<Entry> entries_;
};

}  // namespace hezhi::dispatch
