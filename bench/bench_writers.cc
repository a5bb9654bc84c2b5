// libhepmc3's side of bench_writers: the events of a file, kept in memory, written by WriterAscii.
#include <memory>
#include <string>
#include <vector>

#include "HepMC3/GenEvent.h"
#include "HepMC3/GenRunInfo.h"
#include "HepMC3/ReaderAscii.h"
#include "HepMC3/Setup.h"
#include "HepMC3/WriterAscii.h"

extern "C" {
void *rival_load(const char *path);
int rival_count(const void *events);
void rival_write(const void *events, const char *path, int passes);
void rival_free(void *events);
}

struct Events {
	std::shared_ptr<HepMC3::GenRunInfo> run;
	std::vector<HepMC3::GenEvent> event;
};

void *rival_load(const char *path)
{
	HepMC3::ReaderAscii reader(path);
	auto *all = new Events;
	for (;;) {
		HepMC3::GenEvent e;
		if (!reader.read_event(e) || reader.failed())
			break;
		all->run = reader.run_info();
		all->event.push_back(e);
	}
	return all;
}

int rival_count(const void *events)
{
	return static_cast<int>(static_cast<const Events *>(events)->event.size());
}

void rival_write(const void *events, const char *path, int passes)
{
	const auto *all = static_cast<const Events *>(events);
	HepMC3::WriterAscii writer(path, all->run);
	for (int pass = 0; pass < passes; pass++)
		for (const auto &e : all->event)
			writer.write_event(e);
	writer.close();
}

void rival_free(void *events)
{
	delete static_cast<Events *>(events);
}
