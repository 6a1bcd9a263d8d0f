"""What two processes of one worker are worth beside one alone, and one process of all workers: medians over blocks scored in turn.

Run it in the repository's root, after a build.
"""
import random
import statistics
import subprocess
import threading

TOOL = ["dotnet", "artifacts/bin/RankNas.Tool/release/RankNas.Tool.dll", "bench-contender"]
OPERATIONS = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"]
BLOCKS, BLOCK_SIZE, ROUNDS = 4, 8, 3


def start(contender):
    return subprocess.Popen(
        [*TOOL, contender, "--space", "nats-tss", "--batch", "128"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def score(process, block):
    """Seconds that a process takes for a block."""
    process.stdin.write("\t".join(block) + "\n")
    process.stdin.flush()
    return float(process.stdout.readline().split()[0])


def score_at_once(processes, block):
    """Seconds that processes take for a block each, side by side, on average."""
    seconds = []
    threads = [threading.Thread(target=lambda process=process: seconds.append(score(process, block))) for process in processes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statistics.mean(seconds)


def draw(generator):
    """An architecture whose output reads its input."""
    a = [generator.choice(OPERATIONS) for _ in range(6)]
    return draw(generator) if a[3] == "none" else f"|{a[0]}~0|+|{a[1]}~0|{a[2]}~1|+|{a[3]}~0|{a[4]}~1|{a[5]}~2|"


def main():
    generator = random.Random(5)
    blocks = [[draw(generator) for _ in range(BLOCK_SIZE)] for _ in range(BLOCKS)]
    first, second, workers = start("ranknas-on-one-core"), start("ranknas-on-one-core"), start("ranknas")
    for block in blocks:
        for process in (first, second, workers):
            score(process, block)

    processes_worth, workers_worth = [], []
    for block in blocks * ROUNDS:
        alone = score(first, block)
        processes_worth.append(2 * alone / score_at_once((first, second), block))
        workers_worth.append(alone / score(workers, block))

    print(f"two processes are worth {statistics.median(processes_worth):.2f} of one, all workers {statistics.median(workers_worth):.2f}")
    for process in (first, second, workers):
        process.stdin.close()
        process.wait()


main()
