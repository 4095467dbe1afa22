package dev.onsale.command.inventory;

import dev.onsale.command.catalog.seatmap.OrdinalRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Best available by trying every place, on a copy of the seats: -1 for what is no free seat, else its kind. */
final class ModelBest {
    private final int[] free;
    private final Choice.Best wanted;

    ModelBest(InventoryModel model, Choice.Best wanted, Set<Integer> own) {
        this.free = new int[model.statuses.length];
        this.wanted = wanted;
        for (int i = 0; i < free.length; i++) {
            boolean open = model.statuses[i] == 0 || own.contains(i);
            free[i] = model.kinds[i] >= 0 && open ? model.kinds[i] : -1;
        }
    }

    /** Up to n seats. Empty if that can't be done. */
    List<Integer> pick(int n, int accessible, boolean partial) {
        var list = new ArrayList<>(take(n, accessible));
        if (list.isEmpty() && wanted.split()) {
            list.addAll(split(n, accessible));
        } else if (list.isEmpty() && partial) {
            for (int k = n - 1; k >= Math.max(accessible, 1) && list.isEmpty(); k--) {
                list.addAll(take(k, accessible));
            }
        }
        return list.size() == n || partial ? list : List.of();
    }

    private List<Integer> split(int n, int accessible) {
        var list = new ArrayList<Integer>();
        int need = accessible;
        for (int k = n; k >= Math.max(accessible, 1) && need > 0; k--) {
            list.addAll(take(k, accessible));
            need = list.isEmpty() ? need : 0;
        }
        while (need > 0) {
            var one = take(1, 1);
            if (one.isEmpty()) {
                return List.of();
            }
            list.addAll(one);
            need--;
        }
        for (int k = n - list.size(); k >= 1; k--) {
            var some = k <= n - list.size() ? take(k, 0) : List.<Integer>of();
            while (!some.isEmpty()) {
                list.addAll(some);
                some = k <= n - list.size() ? take(k, 0) : List.of();
            }
        }
        return list;
    }

    private List<Integer> take(int n, int accessible) {
        int place = accessible > 0 ? accessiblePlace(n, accessible) : standardPlace(n);
        var list = new ArrayList<Integer>();
        for (int i = place; place >= 0 && i < place + n; i++) {
            free[i] = -1;
            list.add(i);
        }
        return list;
    }

    private int standardPlace(int n) {
        int second = -1;
        for (var range : wanted.ranges()) {
            for (int s = range.first(); s + n <= range.end(); s++) {
                if (all(s, n, 0) == n) {
                    if (!orphans(range, s, s + n)) {
                        return s;
                    }
                    second = second < 0 ? s : second;
                }
            }
        }
        return second;
    }

    private int accessiblePlace(int n, int accessible) {
        int second = -1;
        for (var range : wanted.ranges()) {
            for (int p = range.first(); p < range.end(); p++) {
                int s = free[p] == 1 ? around(range, p, n, accessible) : -1;
                if (s >= 0 && !orphans(range, s, s + n)) {
                    return s;
                }
                second = second < 0 ? s : second;
            }
        }
        return second;
    }

    /** Of the places with seat p that fit, the first with the most companion seats. */
    private int around(OrdinalRange range, int p, int n, int accessible) {
        int best = -1;
        for (int s = Math.max(range.first(), p - n + 1); s <= p && s + n <= range.end(); s++) {
            boolean fits = all(s, n, 0) + all(s, n, 1) + all(s, n, 2) == n && all(s, n, 1) == accessible;
            if (fits && (best < 0 || all(s, n, 2) > all(best, n, 2))) {
                best = s;
            }
        }
        return best;
    }

    private int all(int s, int n, int kind) {
        int count = 0;
        for (int i = s; i < s + n; i++) {
            count += free[i] == kind ? 1 : 0;
        }
        return count;
    }

    private boolean orphans(OrdinalRange range, int s, int e) {
        boolean left = standard(range, s - 1) && !standard(range, s - 2);
        boolean right = standard(range, e) && !standard(range, e + 1);
        return left || right;
    }

    private boolean standard(OrdinalRange range, int i) {
        return range.contains(i) && free[i] == 0;
    }

    /** How many free seats of the selection would do, if enough of them are accessible. */
    int fitting(int accessible) {
        int seats = 0;
        int ones = 0;
        for (var range : wanted.ranges()) {
            int n = range.end() - range.first();
            ones += all(range.first(), n, 1);
            seats += all(range.first(), n, 0);
            seats += accessible > 0 ? all(range.first(), n, 1) + all(range.first(), n, 2) : 0;
        }
        return ones >= accessible ? seats : 0;
    }
}
